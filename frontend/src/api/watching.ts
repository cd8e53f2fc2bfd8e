/** How often the screens ask again for what may change by itself, in milliseconds. */

/** A bar that moves before somebody's eyes. */
export const MOVING_MS = 1_000;
/** What ends in a moment: an export, a measurement, a delivery. */
export const ENDING_MS = 3_000;
/** What other people and workers do: rounds, runs, the list of jobs. */
export const OTHERS_MS = 5_000;
/** Where nothing is under way, as far as this page knows. */
export const QUIET_MS = 10_000;
/** Counts that only have to be about right. */
export const COUNTS_MS = 30_000;
