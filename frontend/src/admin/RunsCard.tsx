/** The captioner runs, newest first: what each saw, how good it is, and whether its drafts are used. */
import type { Project } from "../api/projects";
import type { Run } from "../api/runs";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";

import { CaptionImagesForm } from "./CaptionImagesForm";
import { LossCurve } from "./LossCurve";
import { MetricsTable } from "./MetricsTable";
import { PromoteForm } from "./PromoteForm";
import { lossCurve, samples, schedule, warnings } from "./report";
import { SamplesList } from "./SamplesList";

interface Props {
  readonly project: Project;
  readonly runs: readonly Run[];
}

export function RunsCard({ project, runs }: Props) {
  return (
    <section className="card">
      <h2>{t("runs.title")}</h2>
      {runs.length === 0 && <p className="muted">{t("runs.none")}</p>}
      {runs.map((run, index) => (
        <RunDetails key={run.id} project={project} run={run} isNewest={index === 0} />
      ))}
    </section>
  );
}

interface RunProps {
  readonly project: Project;
  readonly run: Run;
  readonly isNewest: boolean;
}

function RunDetails({ project, run, isNewest }: RunProps) {
  const curve = lossCurve(run.report);
  const shownSamples = samples(run.report);
  return (
    <details className="run" id={`run-${run.id}`} open={isNewest}>
      <summary>
        <strong>{run.name}</strong> <span className={stateBadge(run)}>{t(`runState.${run.state}`)}</span>{" "}
        <PromotionBadge run={run} />
        <span className="muted small">
          {" "}
          {t("runs.number", { number: run.number })} · {run.recipe} · {moment(run.created_at)}
        </span>
      </summary>
      <div className="stack">
        {run.error !== "" && <p className="note bad">{run.error}</p>}
        {run.promotion_reason !== "" && (
          <p className={run.promoted === true ? "note" : "note warn"}>
            {run.promoted === true ? t("runs.used") : t("runs.notUsed")} {run.promotion_reason}
          </p>
        )}
        {run.state === "finished" && run.promoted === false && (
          <PromoteForm project={project.slug} run={run} />
        )}
        {run.state === "finished" && <CaptionImagesForm project={project.slug} run={run} />}
        {run.training_set !== null && (
          <p className="muted small">
            {t("runs.saw", { count: run.training_set.row_count, round: run.through_round })}{" "}
            <code title={run.training_set.sha256}>{run.training_set.sha256.slice(0, 12)}</code>
            {run.training_set.left_out_count > 0 &&
              ` · ${t("runs.leftOut", { count: run.training_set.left_out_count })}`}
            {run.draft_count > 0 && ` · ${t("runs.drafts", { count: run.draft_count })}`}
          </p>
        )}
        <StartOfRun run={run} />
        {schedule(run.report) !== "" && <p className="note">{schedule(run.report)}</p>}
        {warnings(run.report).map((warning) => (
          <p className="note warn" key={warning}>
            {warning}
          </p>
        ))}
        {run.evaluations.length > 0 && (
          <MetricsTable evaluations={run.evaluations} gateMetric={project.gate_metric} />
        )}
        {curve.length > 1 && <LossCurve points={curve} />}
        {shownSamples.length > 0 && <SamplesList samples={shownSamples} language={project.language} />}
      </div>
    </details>
  );
}

function StartOfRun({ run: { started_from: start } }: { readonly run: Run }) {
  if (start.sha256 === null) return null;
  return (
    <p className="muted small">
      {start.base === null
        ? t("runs.fromRun", { name: start.name ?? "", run: start.run ?? 0 })
        : t("runs.fromBase", { base: start.base })}{" "}
      <code title={start.sha256}>{start.sha256.slice(0, 12)}</code>
    </p>
  );
}

function PromotionBadge({ run }: { readonly run: Run }) {
  if (run.promoted === null) return null;
  return run.promoted ? (
    <span className="badge good">{t("runs.promoted")}</span>
  ) : (
    <span className="badge bad">{t("runs.heldBack")}</span>
  );
}

function stateBadge({ state }: Run): string {
  if (state === "failed") return "badge bad";
  return state === "finished" || state === "cancelled" ? "badge" : "badge busy";
}
