/** How fast a job goes, and when it will be done. */
import type { Job } from "../api/jobs";

export interface JobPace {
  /** Units per second, or null before there is anything to go by. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
}

/** `now` and the job's times in milliseconds. */
export function jobPace(job: Job, now: number): JobPace {
  if (job.state !== "running" || job.started_at === null || job.done === 0)
    return { rate: null, secondsLeft: null };
  const seconds = (now - Date.parse(job.started_at)) / 1000;
  if (seconds <= 0) return { rate: null, secondsLeft: null };
  const rate = job.done / seconds;
  return { rate, secondsLeft: job.total > job.done ? (job.total - job.done) / rate : null };
}
