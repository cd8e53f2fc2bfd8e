/** Sets a workbench up for a round and keeps it going as long as its screen is open. */
import { useEffect, useState } from "react";

import { preload } from "../stage/preload";

import { noteActivity } from "./actions";
import { type Bench, createBench } from "./bench";
import { memoryDevice, openDevice } from "./device";
import { withWebLock } from "./outbox";

/** Signs of life are noted this often at most. */
const NOTE_MS = 1_000;

/** Null until the project's language is known and the device's storage is open. */
export function useBench(user: number, round: number, language: string | null): Bench | null {
  const [bench, setBench] = useState<Bench | null>(null);

  useEffect(() => {
    if (language === null) return;
    let made: Bench | null = null;
    let unmounted = false;
    const open = async (): Promise<void> => {
      const device = await openDevice().catch(() => memoryDevice());
      if (unmounted) return;
      made = createBench({
        user,
        round,
        language,
        device,
        exclusively: withWebLock,
        onComing: (task) => preload(task.image.url),
      });
      setBench(made);
      await made.start();
    };
    void open();
    return () => {
      unmounted = true;
      made?.stop();
    };
  }, [user, round, language]);

  useEffect(() => {
    if (bench === null) return;
    const stop = new AbortController();
    const options = { signal: stop.signal, passive: true };
    let noted = 0;
    const note = (): void => {
      const now = Date.now();
      if (now - noted < NOTE_MS) return;
      noted = now;
      bench.state.change(noteActivity(now));
    };
    for (const event of ["pointermove", "pointerdown", "keydown", "wheel"]) {
      window.addEventListener(event, note, options);
    }
    window.addEventListener("online", bench.resume, options);
    window.addEventListener("pagehide", bench.hide, options);
    document.addEventListener("visibilitychange", bench.hide, options);
    return () => stop.abort();
  }, [bench]);

  return bench;
}
