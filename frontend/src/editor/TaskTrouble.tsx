/** Over a task that cannot be handed in any more: why, and what to do. What was typed stays on the screen to be read. */
import { t } from "../i18n/translate";
import { CopyButton } from "../ui/CopyButton";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";

export function TaskTrouble({ bench }: { readonly bench: Bench }) {
  const lost = useStore(bench.state, (state) => state.lost);
  const supply = useStore(bench.state, (state) => state.supply);
  const text = useStore(bench.state, (state) => state.text);
  if (supply !== "round-closed" && lost === null) return null;
  return (
    <div className="note warn row" role="alert">
      <span>{supply === "round-closed" ? t("task.roundClosed") : t(`task.${lost ?? "not-yours"}`)}</span>
      <CopyButton text={text} label={t("kept.copy")} />
      {supply !== "round-closed" && (
        <button type="button" className="primary" onClick={() => void bench.next()}>
          {t("task.next")}
        </button>
      )}
    </div>
  );
}
