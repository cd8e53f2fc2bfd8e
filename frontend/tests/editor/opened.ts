/** A workbench that is open on a device of its own, against the server in memory. */
import "fake-indexeddb/auto";

import { type Bench, createBench } from "../../src/editor/bench";
import { type Device, openDevice } from "../../src/editor/device";

import { ROUND, type Rules } from "./rules";

export const USER = 5;
let databases = 0;

export const freshDevice = (): Promise<Device> => openDevice(`bench-${(databases += 1)}`);

export async function opened(rules: Rules, device: Device, server = rules.server): Promise<Bench> {
  let last = Promise.resolve();
  const bench = createBench({
    user: USER,
    round: ROUND,
    language: "en",
    device,
    server,
    exclusively: (work) => (last = last.then(work)),
    onComing: () => undefined,
  });
  await bench.start();
  return bench;
}
