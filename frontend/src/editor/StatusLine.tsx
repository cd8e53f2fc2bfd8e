/** Always in sight: whether the words are safe, and where. */
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";

export function StatusLine({ bench, onKept }: { readonly bench: Bench; readonly onKept: () => void }) {
  const hasTask = useStore(bench.state, (state) => state.current !== null);
  const save = useStore(bench.state, (state) => state.save);
  const problem = useStore(bench.state, (state) => state.problem);
  const waiting = useStore(bench.outbox.state, (state) => state.waiting.length);
  const refused = useStore(bench.outbox.state, (state) => state.refused.length);
  const key = save === "offline" && !bench.lasts ? "save.offlineHere" : (`save.${save}` as const);
  const isTold = (save === "refused" || save === "paused") && problem !== "";
  return (
    <div className="status-line">
      {hasTask && (
        <span role="status" className={`save ${save}`} title={problem}>
          {t(key)}
          {isTold && `: ${problem}`}
        </span>
      )}
      {waiting > 0 && <span className="badge busy">{t("outbox.waiting", { count: waiting })}</span>}
      {refused > 0 && (
        <button type="button" className="link" onClick={onKept}>
          {t("outbox.refused", { count: refused })}
        </button>
      )}
    </div>
  );
}
