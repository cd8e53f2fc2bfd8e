/** Instead of a task: still asking, nothing left, a closed round, or no connection; and what to do about it. */
import { Link } from "wouter";

import { t } from "../i18n/translate";
import { Skeleton } from "../ui/Skeleton";
import { useStore } from "../ui/store";

import { openPanel } from "./actions";
import type { Bench } from "./bench";
import { StatusLine } from "./StatusLine";

export function NothingToDo({ bench }: { readonly bench: Bench }) {
  const asked = useStore(bench.state, (state) => state.supply);
  const isCutOff = useStore(bench.outbox.state, ({ trouble }) => trouble === "unreachable");
  const waiting = useStore(bench.outbox.state, (state) => state.waiting.length);
  // While captions wait to be sent nobody asks for more.
  const supply = isCutOff && (asked === "asking" || asked === "some") ? "unreachable" : asked;
  const refusal = useStore(bench.state, (state) => state.refusal);
  if (supply === "asking" || supply === "some") {
    return (
      <div className="nothing">
        <Skeleton heights={[320, 80, 80]} />
      </div>
    );
  }
  const textOf = (known: Exclude<typeof supply, "refused">): string =>
    known === "unreachable" && waiting > 0
      ? t("supply.unreachable.kept", { count: waiting })
      : t(`supply.${known}.text`);
  return (
    <div className="nothing">
      <div className="card">
        <h2 className="large">{t(`supply.${supply}.title`)}</h2>
        <p>{supply === "refused" ? refusal : textOf(supply)}</p>
        {waiting > 0 && !bench.lasts && <p className="note warn">{t("supply.leaveOpen")}</p>}
        <StatusLine bench={bench} onKept={() => bench.edit(openPanel("kept"))} />
        <div className="row">
          <button type="button" className="primary" onClick={bench.resume}>
            {t("supply.again")}
          </button>
          <Link href="/" className="button">
            {t("projects.title")}
          </Link>
        </div>
      </div>
    </div>
  );
}
