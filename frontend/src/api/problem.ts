/** What can go wrong with a request: the server said no, or it could not be asked. */

import type { components } from "./schema";

type Documented = components["schemas"];

/** Every problem document that the server's OpenAPI document tells of, by its code. */
type Documents = {
  [
    Name in keyof Documented as Name extends `${string}Problem`
      ? Documented[Name] extends { code: infer Code extends string }
        ? Code
        : never
      : never
  ]: Documented[Name];
};

/** The codes that the server refuses with. */
export type ProblemCode = keyof Documents;

type Usual = "type" | "title" | "status" | "detail" | "code" | "errors";

/** The server's refusal, an RFC 9457 problem document. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    /** Stable, for programs: "round-closed". */
    readonly code: string,
    /** For people. */
    readonly detail: string,
    /** What was wrong with which field. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
    /** The document's other members. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** Whether it is that one, whose other members are known then. */
  is<Code extends ProblemCode>(
    code: Code,
  ): this is { readonly code: Code; readonly extra: Omit<Documents[Code], Usual> } {
    return this.code === code;
  }

  /** Nobody is signed in (any more). */
  get signedOut(): boolean {
    return this.status === 401 || this.is("not-authenticated") || this.is("authentication-failed");
  }
}

/** No answer, or one that says to try again later. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const RETRY_LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The error that an answer stands for. */
export function problemFrom(status: number, body: unknown): Problem | Unreachable {
  const document = isRecord(body) ? body : {};
  const detail = typeof document.detail === "string" ? document.detail : `The server answered ${status}.`;
  if (RETRY_LATER.has(status)) return new Unreachable(detail);
  const { code, errors, ...extra } = document;
  return new Problem(status, typeof code === "string" ? code : "error", detail, fieldErrors(errors), extra);
}

function fieldErrors(errors: unknown): Record<string, string[]> {
  if (!isRecord(errors)) return {};
  return Object.fromEntries(
    Object.entries(errors).map(([field, messages]) => [
      field,
      (Array.isArray(messages) ? messages : [messages]).map(String),
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
