/** How long to wait before the next attempt: longer each time, until one gets through or the network is said to be back. */
export interface Backoff {
  /** Milliseconds; each call counts as one more failure. */
  readonly next: () => number;
  readonly reset: () => void;
}

export function createBackoff(first: number, ...longer: readonly number[]): Backoff {
  const waits = [first, ...longer];
  let failures = 0;
  return {
    next: () => {
      const wait = waits[Math.min(failures, waits.length - 1)] ?? first;
      failures += 1;
      return wait;
    },
    reset: () => {
      failures = 0;
    },
  };
}
