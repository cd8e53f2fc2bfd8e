/** A walk over the workbench: one place of it at a time is marked, with a word on what it is for. */
import { useEffect, useRef, useState } from "react";

import { t } from "../i18n/translate";

import { focusCaption } from "./focus";

/** Where each stop is. What a task does not have (a draft's concepts, say) is passed over. */
const STOPS = [
  ["stage", ".stage"],
  ["sources", ".sources"],
  ["caption", ".caption-field"],
  ["difference", ".difference-pane"],
  ["concepts", ".concepts"],
  ["submit", ".action-bar"],
] as const;

export function Tour({ onEnd }: { readonly onEnd: () => void }) {
  const [at, setAt] = useState(0);
  const card = useRef<HTMLElement>(null);
  const [stops] = useState(() => STOPS.filter(([, place]) => document.querySelector(place) !== null));
  const stop = stops[at];

  useEffect(() => {
    const place = stop === undefined ? null : document.querySelector(stop[1]);
    place?.setAttribute("data-toured", "");
    card.current?.querySelector<HTMLElement>("button.primary")?.focus();
    return () => place?.removeAttribute("data-toured");
  }, [stop]);

  if (stop === undefined) return null;
  const end = (): void => {
    onEnd();
    focusCaption();
  };
  const isLast = at === stops.length - 1;
  return (
    <aside className="note tour stack" ref={card} aria-label={t("first.tour")} aria-live="polite">
      <p>{t(`tour.${stop[0]}`)}</p>
      <div className="row">
        <span className="muted small">{t("tour.at", { at: at + 1, all: stops.length })}</span>
        <button type="button" onClick={end}>
          {t("tour.end")}
        </button>
        <button type="button" className="primary" onClick={() => (isLast ? end() : setAt(at + 1))}>
          {isLast ? t("tour.begin") : t("tour.next")}
        </button>
      </div>
    </aside>
  );
}
