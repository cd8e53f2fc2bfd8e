/** Do captions still change from round to round, and what would another round on those that do cost? */
import { type Convergence, useConvergence } from "../api/reports";
import { duration, number, percent } from "../i18n/format";
import { t } from "../i18n/translate";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { Histogram } from "./Histogram";

interface Props {
  readonly round: number;
  /** Why no round can be launched now, or null. */
  readonly obstacle: string | null;
  readonly onLaunch: () => void;
}

export function ConvergenceCard({ round, obstacle, onLaunch }: Props) {
  const convergence = useConvergence(round);
  return (
    <section className="card">
      <h2>{t("convergence.title")}</h2>
      {convergence.isPending && <Skeleton heights={[120]} />}
      {convergence.isError && (
        <Trouble error={convergence.error} onRetry={() => void convergence.refetch()} />
      )}
      {convergence.data !== undefined && <p>{convergence.data.recommendation}</p>}
      {convergence.data !== undefined && convergence.data.compared > 0 && (
        <>
          <Figures convergence={convergence.data} />
          <Histogram
            label={t("convergence.histogram")}
            counts={convergence.data.histogram}
            nameOf={(index) => percent(index / convergence.data.histogram.length)}
          />
          <p className="muted small">{t("convergence.axis")}</p>
          {convergence.data.still_changing > 0 && (
            <div className="row">
              <button type="button" className="primary" disabled={obstacle !== null} onClick={onLaunch}>
                {t("convergence.launch", { count: convergence.data.still_changing })}
              </button>
              {obstacle !== null && <span className="muted small">{obstacle}</span>}
            </div>
          )}
        </>
      )}
    </section>
  );
}

function Figures({ convergence }: { readonly convergence: Convergence }) {
  const { compared, converged, mean_similarity: mean, hours_for_another_round: hours } = convergence;
  return (
    <dl className="facts">
      <div>
        <dt>{t("convergence.compared")}</dt>
        <dd>{number(compared)}</dd>
      </div>
      <div>
        <dt>{t("convergence.converged", { threshold: percent(convergence.threshold) })}</dt>
        <dd>{number(converged)}</dd>
      </div>
      {convergence.facts_changed > 0 && (
        <div>
          <dt>{t("convergence.facts")}</dt>
          <dd>{number(convergence.facts_changed)}</dd>
        </div>
      )}
      {mean !== null && (
        <div>
          <dt>{t("convergence.mean")}</dt>
          <dd>{percent(mean)}</dd>
        </div>
      )}
      {hours !== null && (
        <div>
          <dt>{t("convergence.cost")}</dt>
          <dd>{duration(hours * 3600)}</dd>
        </div>
      )}
    </dl>
  );
}
