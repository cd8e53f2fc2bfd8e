/** Time as a test wants it: pauses, retries and look-ups that a person waits for come at once, in their order. */
import { afterEach, beforeEach, vi } from "vitest";

/** As much of a pause as goes by between two looks. */
const STEP_MS = 100;

/** For every test of the file. The storage of the device keeps its own pace. */
export function timePassesOnRequest(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets time pass until it is so. */
export function soon(assertion: () => void | Promise<void>): Promise<void> {
  const look = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(STEP_MS);
    await assertion();
  };
  return vi.waitFor(look, { interval: 1, timeout: 5_000 });
}
