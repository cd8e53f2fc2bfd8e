/** The work on an import as it goes on: how far, how fast, how long yet; cancelling it, and going on after it stopped. */
import type { ImportState } from "../api/imports";
import { type Job, useCancelJob, useRetryJob } from "../api/jobs";
import { duration, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { jobPace } from "../jobs/pace";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly state: ImportState;
  readonly job: Job;
  /** Whether a stopped one goes on where it was, rather than anew. */
  readonly resumes?: boolean;
  readonly onChange: () => Promise<void>;
}

export function ImportJob({ state, job, resumes = true, onChange }: Props) {
  const cancel = useCancelJob(job.project ?? "");
  const retry = useRetryJob(job.project ?? "");
  const moving = state === "inspecting" || state === "importing";
  const again = { onSettled: onChange };
  return (
    <>
      {moving && (
        <>
          <progress
            aria-label={t(`jobKind.${job.kind}`)}
            {...(job.total > 0 ? { max: job.total, value: job.done } : {})}
          />
          <div className="row">
            <span className="small muted" role="status">
              {howFar(job)}
            </span>
            <button
              type="button"
              disabled={job.cancel_requested || cancel.isPending}
              onClick={() => cancel.mutate(job.id, again)}
            >
              {job.cancel_requested ? t("jobs.stopping") : t("action.cancel")}
            </button>
          </div>
        </>
      )}
      {job.error !== "" && <p className="note bad">{job.error}</p>}
      {(state === "stopped" || state === "unreadable") && (
        <div className="row">
          <button type="button" disabled={retry.isPending} onClick={() => retry.mutate(job.id, again)}>
            {state === "stopped" && resumes ? t("imports.resume") : t("action.retry")}
          </button>
          {state === "stopped" && resumes && <span className="muted small">{t("imports.resumeHint")}</span>}
        </div>
      )}
      {cancel.isError && <Trouble error={cancel.error} />}
      {retry.isError && <Trouble error={retry.error} />}
    </>
  );
}

function howFar(job: Job): string {
  const { rate, secondsLeft } = jobPace(job, Date.now());
  const done = job.total > 0 ? t("jobs.done", { done: job.done, total: job.total }) : number(job.done);
  const parts = [
    job.state === "queued" ? t("jobState.queued") : job.message,
    job.done > 0 ? done : "",
    rate === null ? "" : t("jobs.rate", { rate: number(rate, rate < 10 ? 1 : 0) }),
    secondsLeft === null ? "" : t("jobs.left", { time: duration(secondsLeft) }),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
