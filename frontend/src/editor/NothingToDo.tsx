/** Instead of a task: still asking, nothing left, a closed round, or no connection; and what to do about it. */
import { Link } from "wouter";

import { t } from "../i18n/translate";
import { Skeleton } from "../ui/Skeleton";
import { useStore } from "../ui/store";

import { openPanel } from "./actions";
import type { Bench } from "./bench";
import { StatusLine } from "./StatusLine";

export function NothingToDo({ bench }: { readonly bench: Bench }) {
  const supply = useStore(bench.state, (state) => state.supply);
  if (supply === "asking" || supply === "some") {
    return (
      <div className="nothing">
        <Skeleton heights={[320, 80, 80]} />
      </div>
    );
  }
  return (
    <div className="nothing">
      <div className="card">
        <h2 className="large">{t(`supply.${supply}.title`)}</h2>
        <p>{t(`supply.${supply}.text`)}</p>
        <StatusLine bench={bench} onKept={() => bench.edit(openPanel("kept"))} />
        <div className="row">
          <button type="button" className="primary" onClick={() => void bench.refill()}>
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
