/** The alt-text's concrete phrases as chips: kept, or dropped and why, with one key each. */
import { type KeyboardEvent, memo, useDeferredValue, useId, useMemo, useRef, useState } from "react";

import { Keys } from "../keys/Keys";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";
import * as commands from "./commands";
import { type Concept, conceptLedger, type Decision, decisionsOf, phrasesOfTask } from "./concepts";

interface Choice {
  readonly key: string;
  readonly name: "not_in_image" | "wrong" | "redundant" | "unsure" | "corrected" | "kept_on_trust";
  readonly decision: Decision;
}

/** What can be said of a phrase that the caption lacks. */
const DROPPED: readonly Choice[] = [
  { key: "n", name: "not_in_image", decision: { outcome: "dropped", reason: "not_in_image" } },
  { key: "w", name: "wrong", decision: { outcome: "dropped", reason: "wrong" } },
  { key: "r", name: "redundant", decision: { outcome: "dropped", reason: "redundant" } },
  { key: "u", name: "unsure", decision: { outcome: "dropped", reason: "unsure" } },
  { key: "c", name: "corrected", decision: { outcome: "corrected", reason: null } },
];
/** And of one that it has, though the image does not show it. */
const KEPT: readonly Choice[] = [
  { key: "t", name: "kept_on_trust", decision: { outcome: "kept_on_trust", reason: null } },
];

/** An alt-text may be a page long: so many of its phrases are shown before one asks for the others. */
const SHOWN = 40;

export function ConceptChips({ bench, onDone }: { readonly bench: Bench; readonly onDone: () => void }) {
  const task = useStore(bench.state, (state) => state.current);
  const text = useDeferredValue(useStore(bench.state, (state) => state.text));
  const decisions = useStore(bench.state, (state) => state.decisions);
  const [active, setActive] = useState<string | null>(null);
  const [shown, setShown] = useState(SHOWN);
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const { language } = bench;
  const phrases = useMemo(() => phrasesOfTask(task ?? null, language), [task, language]);
  const before = useMemo(() => decisionsOf(task?.concepts_before ?? []), [task]);
  const ledger = useMemo(
    () => conceptLedger(phrases, text, decisions, language, before),
    [phrases, text, decisions, language, before],
  );
  const chosen = ledger.find((concept) => concept.phrase === active);
  const choices = chosen === undefined ? [] : choicesFor(chosen);

  const decide = (phrase: string, choice: Choice): void => {
    const old = ledger.find((concept) => concept.phrase === phrase);
    const isSame = labelOf(old) === choice.name && old?.before === false;
    bench.decide(phrase, isSame ? null : choice.decision);
    const next = ledger.slice(0, shown).find((concept) => concept.undecided && concept.phrase !== phrase);
    if (next === undefined || isSame) onDone();
    else list.current?.querySelector<HTMLElement>(`[data-phrase="${CSS.escape(next.phrase)}"]`)?.focus();
  };

  const press = (event: KeyboardEvent, concept: Concept): void => {
    const choice = choicesFor(concept).find(({ key }) => key === event.key.toLowerCase());
    if (choice === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    decide(concept.phrase, choice);
  };

  if (ledger.length === 0) return null;
  return (
    <section className="concepts" aria-label={t("concepts.title")}>
      <header>
        <h2>
          {t("concepts.title")} <Keys command={commands.concepts} />
        </h2>
        <span className="muted small">
          {t("concepts.kept", {
            kept: ledger.filter(({ outcome }) => outcome === "kept" || outcome === "kept_on_trust").length,
            all: ledger.length,
          })}
        </span>
      </header>
      {/* The keys of every chip; the chips themselves are buttons. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul ref={list} onKeyDown={(event) => chosen !== undefined && press(event, chosen)}>
        {ledger.slice(0, shown).map((concept) => (
          <li key={concept.phrase}>
            <Chip
              phrase={concept.phrase}
              look={concept.undecided ? "undecided" : concept.outcome}
              fate={labelOf(concept)}
              before={concept.before}
              hintId={active === concept.phrase ? hintId : undefined}
              onFocus={setActive}
            />
          </li>
        ))}
        {ledger.length > shown && (
          <li>
            <button type="button" className="link" onClick={() => setShown(ledger.length)}>
              {t("concepts.more", { count: ledger.length - shown })}
            </button>
          </li>
        )}
      </ul>
      {chosen !== undefined && (
        <div className="row small" id={hintId}>
          <span className="muted">{t("concepts.why", { phrase: chosen.phrase })}</span>
          {choices.map((choice) => (
            <button
              key={choice.key}
              type="button"
              aria-pressed={labelOf(chosen) === choice.name}
              onClick={() => decide(chosen.phrase, choice)}
            >
              {t(`concept.${choice.name}`)} <kbd>{choice.key.toUpperCase()}</kbd>
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

interface ChipProps {
  readonly phrase: string;
  readonly look: string;
  readonly fate: ReturnType<typeof labelOf>;
  readonly before: boolean;
  readonly hintId: string | undefined;
  readonly onFocus: (phrase: string) => void;
}

/** Drawn again only when its own fate changes. */
const Chip = memo(function Chip({ phrase, look, fate, before, hintId, onFocus }: ChipProps) {
  return (
    <button
      type="button"
      className={`chip ${look}`}
      data-phrase={phrase}
      aria-describedby={hintId}
      onFocus={() => onFocus(phrase)}
    >
      {phrase}
      <span className="fate">
        {before ? t("concept.before", { fate: t(`concept.${fate}`) }) : t(`concept.${fate}`)}
      </span>
    </button>
  );
});

function choicesFor(concept: Concept): readonly Choice[] {
  return concept.outcome === "kept" || concept.outcome === "kept_on_trust" ? KEPT : DROPPED;
}

function labelOf(concept: Concept | undefined): Choice["name"] | "kept" | "undecided" {
  if (concept === undefined || concept.undecided) return "undecided";
  if (concept.outcome === "dropped") return concept.reason ?? "undecided";
  return concept.outcome;
}
