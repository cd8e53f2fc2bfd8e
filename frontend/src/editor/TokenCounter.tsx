/** How much of the caption the captioner's encoder and decoder can take in; what is over a limit is cut off there. */
import { useEffect, useState } from "react";

import { type TokenCount, useTokenCounts } from "../api/tokens";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";

/** Counted at pauses: the words are counted at every key already. */
const PAUSE_MS = 600;

export function TokenCounter({ bench, slug }: { readonly bench: Bench; readonly slug: string }) {
  const text = useStore(bench.state, (state) => state.text);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const counts = useTokenCounts(slug, settled).data ?? [];
  return counts.map((each) => (
    <span key={each.part} className={isOver(each) ? "counter near" : "counter"} title={titleOf(each)}>
      {t(`tokens.${each.part}`, { count: each.count, limit: each.limit })}
    </span>
  ));
}

const isOver = ({ count, limit }: TokenCount): boolean => count > limit;

function titleOf(count: TokenCount): string {
  const { model, limit } = count;
  const name = model === "" ? t("tokens.ownModel") : model;
  return isOver(count) ? t("tokens.over", { model: name, limit }) : t("tokens.for", { model: name });
}
