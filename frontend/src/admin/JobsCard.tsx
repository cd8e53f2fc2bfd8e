/** Long work as it goes on: how far, how fast, how long yet; cancelling and trying again. */
import { isUnfinished, type Job, useCancelJob, useRetryJob } from "../api/jobs";
import { duration, moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { jobPace } from "../jobs/pace";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly project: string;
  readonly jobs: readonly Job[];
}

const ENDED_SHOWN = 5;

export function JobsCard({ project, jobs }: Props) {
  const shown = [
    ...jobs.filter(isUnfinished),
    ...jobs.filter((job) => !isUnfinished(job)).slice(0, ENDED_SHOWN),
  ];
  return (
    <section className="card">
      <h2>{t("jobs.title")}</h2>
      {shown.length === 0 && <p className="muted">{t("jobs.none")}</p>}
      {shown.map((job) => (
        <JobRow key={job.id} project={project} job={job} />
      ))}
    </section>
  );
}

function JobRow({ project, job }: { readonly project: string; readonly job: Job }) {
  const cancel = useCancelJob(project);
  const retry = useRetryJob(project);
  const unfinished = isUnfinished(job);
  const canRetry = job.state === "failed" || job.state === "cancelled";
  return (
    <article className="job" data-state={job.state}>
      <div className="card-head">
        <h3>{t(`jobKind.${job.kind}`)}</h3>
        <span className="row small">
          <span className={badgeOf(job)}>
            {job.cancel_requested && unfinished ? t("jobs.stopping") : t(`jobState.${job.state}`)}
          </span>
          {unfinished && (
            <button
              type="button"
              disabled={job.cancel_requested || cancel.isPending}
              onClick={() => cancel.mutate(job.id)}
            >
              {t("action.cancel")}
            </button>
          )}
          {canRetry && (
            <button type="button" disabled={retry.isPending} onClick={() => retry.mutate(job.id)}>
              {t("action.retry")}
            </button>
          )}
        </span>
      </div>
      {job.state === "running" && (
        <progress
          aria-label={t(`jobKind.${job.kind}`)}
          {...(job.total > 0 ? { max: job.total, value: job.done } : {})}
        />
      )}
      <p className="small muted">{unfinished ? <Going job={job} /> : <Ended job={job} />}</p>
      {job.error !== "" && <p className="note bad small">{job.error}</p>}
      {cancel.isError && <Trouble error={cancel.error} />}
      {retry.isError && <Trouble error={retry.error} />}
    </article>
  );
}

function Going({ job }: { readonly job: Job }) {
  const now = Date.now();
  const { rate, secondsLeft } = jobPace(job, now);
  const parts = [
    job.message,
    job.total > 0 ? t("jobs.done", { done: job.done, total: job.total }) : "",
    rate === null ? "" : t("jobs.rate", { rate: number(rate, rate < 10 ? 1 : 0) }),
    secondsLeft === null ? "" : t("jobs.left", { time: duration(secondsLeft) }),
    secondsLeft === null && job.started_at !== null
      ? t("jobs.since", { time: duration((now - Date.parse(job.started_at)) / 1000) })
      : "",
    job.attempts > 1 ? t("jobs.attempt", { attempt: job.attempts }) : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function Ended({ job }: { readonly job: Job }) {
  if (job.finished_at === null) return null;
  const parts = [moment(job.finished_at)];
  if (job.started_at !== null) {
    parts.push(duration((Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000));
  }
  return parts.join(" · ");
}

function badgeOf({ state }: Job): string {
  if (state === "failed") return "badge bad";
  if (state === "succeeded") return "badge good";
  return state === "running" ? "badge busy" : "badge";
}
