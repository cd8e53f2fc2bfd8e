/** The two arms of a round: tasks that started from the draft, and by lot some that did not. */
import { type Measured, type RoundReport, useMeasureCaptions, useRoundReport } from "../api/reports";
import { number } from "../i18n/format";
import { type MessageKey, t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { Interval } from "./Interval";

const MEASURES = [
  "seconds",
  "words",
  "words_changed",
  "similarity",
  "unchanged",
  "concepts_kept",
  "accepted",
  "clip_score",
  "cider",
] as const;

export function ArmsCard({ round }: { readonly round: number }) {
  const measure = useMeasureCaptions(round);
  const report = useRoundReport(round, measure.isSuccess);
  return (
    <section className="card">
      <h2>{t("arms.title")}</h2>
      {report.isPending && <Skeleton heights={[160]} />}
      {report.isError && <Trouble error={report.error} onRetry={() => void report.refetch()} />}
      {report.data !== undefined && <Arms report={report.data} />}
      {report.data !== undefined && report.data.unmeasured > 0 && (
        <div className="row">
          <span className="muted small">{t("arms.unmeasured", { count: report.data.unmeasured })}</span>
          <button
            type="button"
            disabled={measure.isPending || measure.isSuccess}
            onClick={() => measure.mutate()}
          >
            {t("arms.measureThem")}
          </button>
          {measure.isSuccess && <span role="status">{t("images.embedding")}</span>}
        </div>
      )}
      {measure.isError && <Trouble error={measure.error} />}
    </section>
  );
}

function Arms({ report }: { readonly report: RoundReport }) {
  const { drafted, control, difference } = report;
  if (drafted.captions + control.captions === 0) return <p className="muted">{t("work.none")}</p>;
  const compared = control.captions > 0;
  return (
    <>
      <p className="muted small">{compared ? t("arms.about") : t("arms.oneArm")}</p>
      <ScrollX>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("arms.measure")}</th>
              <th scope="col" className="number">
                {t(compared ? "arms.drafted" : "arms.all", { count: drafted.captions })}
              </th>
              {compared && (
                <>
                  <th scope="col" className="number">
                    {t("arms.control", { count: control.captions })}
                  </th>
                  <th scope="col">{t("arms.difference")}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {MEASURES.filter((name) => isMeasured(report, name)).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`arms.${name}` satisfies MessageKey)}</th>
                <td className="number">{mean(drafted.measures[name])}</td>
                {compared && (
                  <>
                    <td className="number">{mean(control.measures[name])}</td>
                    <td>
                      <Interval measured={difference[name]} />
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}

function isMeasured({ drafted, control }: RoundReport, name: string): boolean {
  return [drafted, control].some(({ measures }) => typeof measures[name]?.mean === "number");
}

function mean(measured: Measured | undefined): string {
  return measured === undefined || measured.mean === null ? "–" : number(measured.mean, 2);
}
