/**
 * Markdown as React elements. Nothing is ever put in as HTML: tags in the text are shown as text, and links and pictures
 * only go where `safeAddress` lets them.
 */
import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

import { t } from "../i18n/translate";

import { Picture } from "./Picture";
import { safeAddress } from "./safe_address";

/** Quotes in quotes, lists in lists: more than anybody can read, and much less than what overflows a stack. */
const DEEPEST = 20;
/** Characters without an empty line between them: the time that emphasis takes grows with their square. */
const LONGEST_BLOCK = 20_000;

export default function Markdown({ text }: { readonly text: string }) {
  const tokens = tokensOf(text);
  if (tokens === null)
    return (
      <div className="markdown" dir="auto">
        <pre>{text}</pre>
      </div>
    );
  const depths = tokens.flatMap((token) =>
    token.type === "heading" ? [(token as Tokens.Heading).depth] : [],
  );
  const highest = Math.min(6, ...depths);
  return (
    <div className="markdown" dir="auto">
      {blocks(tokens, highest)}
    </div>
  );
}

/** Null if the text must be shown as plain text: drawing it would overflow the stack, or take seconds. */
function tokensOf(text: string): Token[] | null {
  if (text.split(/\n\s*\n/).some((block) => block.length > LONGEST_BLOCK)) return null;
  // Examples in an example on one line are found one after the other, when each is drawn.
  if (text.split("\n").some((line) => line.split("[!").length > DEEPEST)) return null;
  try {
    const tokens = lexer(text);
    return isDeeper(tokens, DEEPEST) ? null : tokens;
  } catch {
    return null; // The lexer calls itself for each level.
  }
}

function isDeeper(tokens: readonly Token[], levels: number): boolean {
  return tokens.some((token) => {
    const { tokens: inner, items } = token as Tokens.Generic & { readonly items?: Token[] };
    const below = [...(inner ?? []), ...(items ?? [])];
    return below.length > 0 && (levels === 0 || isDeeper(below, levels - 1));
  });
}

function blocks(tokens: readonly Token[], highest = 1): ReactNode {
  return tokens.map((token, index) => (
    <Fragment key={index}>{drawn(token as Tokens.Generic, highest)}</Fragment>
  ));
}

function drawn(token: Tokens.Generic, highest: number): ReactNode {
  const inner = (): ReactNode => blocks(token.tokens ?? []);
  switch (token.type) {
    case "space":
      return null;
    case "heading":
      // The page and the drawer have titles of their own above these, and no level is left out.
      return (token as Tokens.Heading).depth <= highest ? <h2>{inner()}</h2> : <h3>{inner()}</h3>;
    case "paragraph":
      return <p>{inner()}</p>;
    case "blockquote":
      return <Quote quote={token as Tokens.Blockquote} />;
    case "list": {
      const { ordered, items } = token as Tokens.List;
      const rows = items.map((item, index) => <li key={index}>{blocks(item.tokens)}</li>);
      return ordered ? <ol>{rows}</ol> : <ul>{rows}</ul>;
    }
    case "table":
      return <MarkdownTable table={token as Tokens.Table} />;
    case "code":
      return (
        <pre>
          <code>{token.text as string}</code>
        </pre>
      );
    case "hr":
      return <hr />;
    case "br":
      return <br />;
    case "strong":
      return <strong>{inner()}</strong>;
    case "em":
      return <em>{inner()}</em>;
    case "del":
      return <del>{inner()}</del>;
    case "codespan":
      return <code>{token.text as string}</code>;
    case "link": {
      const address = safeAddress((token as Tokens.Link).href);
      if (address === null) return inner();
      return (
        <a href={address} target="_blank" rel="noreferrer">
          {inner()}
        </a>
      );
    }
    case "image": {
      const { href, text } = token as Tokens.Image;
      const address = safeAddress(href);
      return address === null ? text : <Picture src={address} alt={text} />;
    }
    case "text":
    case "escape":
      return token.tokens === undefined ? unescaped(token.text as string) : inner();
    default:
      return token.raw;
  }
}

const EXAMPLE = /^\[!(GOOD|BAD)\]\s*/;

/** A quote, or an example to follow or to avoid: `> [!GOOD]`, `> [!BAD]`. */
function Quote({ quote }: { readonly quote: Tokens.Blockquote }) {
  const kind = EXAMPLE.exec(quote.text)?.[1];
  if (kind === undefined) return <blockquote>{blocks(quote.tokens)}</blockquote>;
  const look = kind === "GOOD" ? "good" : "bad";
  return (
    <figure className={`example ${look}`}>
      <figcaption>{t(`guidelines.${look}`)}</figcaption>
      {blocks(lexer(quote.text.replace(EXAMPLE, "")))}
    </figure>
  );
}

function MarkdownTable({ table }: { readonly table: Tokens.Table }) {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, index) => (
            <th key={index}>{blocks(cell.tokens)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>{blocks(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The lexer leaves entities in place; React would show them as they are. */
function unescaped(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);
}
