/** Counting the seconds that somebody really worked: a pause longer than the limit does not count. */

export interface ActiveTime {
  readonly milliseconds: number;
  /** When the last sign of life came, or null before the first. */
  readonly lastSeen: number | null;
}

/** Looking at a picture without touching anything is work for so long. */
export const IDLE_AFTER_MS = 60_000;

export const NO_TIME: ActiveTime = { milliseconds: 0, lastSeen: null };

/** After a key press or a movement of the pointer at `now`. */
export function seenActive(time: ActiveTime, now: number): ActiveTime {
  return { milliseconds: time.milliseconds + sinceLastSeen(time, now), lastSeen: now };
}

/** Whole active time up to `now`, in seconds with one decimal. */
export function activeSeconds(time: ActiveTime, now: number): number {
  return Math.round((time.milliseconds + sinceLastSeen(time, now)) / 100) / 10;
}

export function isIdle(time: ActiveTime, now: number): boolean {
  return time.lastSeen !== null && now - time.lastSeen > IDLE_AFTER_MS;
}

function sinceLastSeen(time: ActiveTime, now: number): number {
  if (time.lastSeen === null || isIdle(time, now)) return 0;
  return Math.max(0, now - time.lastSeen);
}
