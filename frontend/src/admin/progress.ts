/** How far a round is, and what an admin should do next. */
import { isUnfinished, type Job } from "../api/jobs";
import type { Round } from "../api/rounds";
import type { Run } from "../api/runs";
import type { MessageKey } from "../i18n/translate";

export interface Progress {
  /** Tasks that need nobody any more, or only a verdict; those that will never be done; all of them. */
  readonly done: number;
  readonly cancelled: number;
  readonly total: number;
  readonly left: number;
  /** Seconds to go at the pace of the last hour; null when nothing is known of it. */
  readonly secondsLeft: number | null;
}

export function roundProgress({ counts, captions_last_hour: perHour }: Round): Progress {
  const { total, cancelled } = counts;
  const done = counts.submitted + counts.accepted + counts.skipped;
  const left = total - cancelled - done;
  const secondsLeft = perHour > 0 && left > 0 ? (left / perHour) * 3600 : null;
  return { done, cancelled, total, left, secondsLeft };
}

/** Whether drafts can start the next round: the newest promoted run that has written some. */
export function draftingRun(runs: readonly Run[]): Run | null {
  return runs.find((run) => run.promoted === true && run.draft_count > 0) ?? null;
}

/** What follows a closed round; other jobs hold nothing up. */
const CHAIN: readonly Job["kind"][] = [
  "build_training_set",
  "train_captioner",
  "evaluate_captioner",
  "write_drafts",
];

interface Standing {
  readonly rounds: readonly Round[];
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly images: number;
  /** Null while it is not known. */
  readonly members: number | null;
}

/** The one thing an admin should look at now. */
export function whatNow({ rounds, jobs: all, images, members }: Standing): MessageKey {
  if (images === 0) return all.some(isBringingIn) ? "now.importing" : "now.pictures";
  const jobs = all.filter(({ kind }) => CHAIN.includes(kind));
  const open = rounds.find((round) => round.state !== "closed");
  const [latest] = jobs;
  if (jobs.some(isUnfinished) && open === undefined) return "now.jobs";
  if (open === undefined && latest?.state === "failed") return "now.failed";
  if (rounds.length === 0) return "now.first";
  if (open === undefined) return "now.launch";
  if (open.state !== "open") return "now.moving";
  if (roundProgress(open).left === 0) return "now.close";
  const isWorkedOn = open.captions_last_hour > 0 || open.counts.claimed > 0;
  if (isWorkedOn) return "now.open";
  return members !== null && members <= 1 ? "now.alone" : "now.nobody";
}

function isBringingIn(job: Job): boolean {
  return isUnfinished(job) && (job.kind === "import_images" || job.kind === "inspect_source");
}
