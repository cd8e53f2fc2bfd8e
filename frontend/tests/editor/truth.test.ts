/** The workbench says what is so: offline, a round that was closed, a task that went elsewhere. */
import { expect, it } from "vitest";

import { freshDevice, opened } from "./opened";
import { soon, timePassesOnRequest } from "./passing_time";
import { Rules } from "./rules";

timePassesOnRequest();

it("hands out nothing more once the round was closed, and clears what nobody has touched", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  bench.type("Too late");
  rules.open = false;
  bench.submit();
  await soon(() => expect(bench.state.get().supply).toBe("round-closed"));
  expect(bench.state.get()).toMatchObject({ current: null, ahead: [] });
  await soon(() => expect(bench.outbox.state.get().refused).toMatchObject([{ text: "Too late" }]));
});

it("keeps what was typed on the screen when the round is closed, and notices at the next save", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  rules.open = false;
  bench.type("Half a caption");
  await soon(() => expect(bench.state.get().supply).toBe("round-closed"));
  expect(bench.state.get()).toMatchObject({ text: "Half a caption", ahead: [] });
});

it.each([
  ["cancelled", "taken-down"],
  ["submitted", "handed-in"],
  ["pending", "not-yours"],
] as const)("says that a task that is %s by now is %s", async (state, lost) => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  const { claim } = rules.server;
  const withoutIt: typeof claim = async (...asked) => (await claim(...asked)).filter(({ id }) => id !== 1);
  const look = () => Promise.resolve({ ...rules.get(1), state });
  Object.assign(rules.server, { claim: withoutIt, look });
  bench.type("Mine");
  rules.tasks.set(1, { ...rules.get(1), state });
  await soon(() => expect(bench.state.get().lost).toBe(lost));
  expect(bench.state.get().text).toBe("Mine");
  await bench.next();
  expect(bench.state.get()).toMatchObject({ current: { id: 2 }, lost: null });
});

it("knows what waits when it is offline after the third submission", async () => {
  const rules = new Rules(9);
  const bench = await opened(rules, await freshDevice());
  rules.online = false;
  for (const text of ["First", "Second", "Third"]) {
    bench.type(text);
    bench.submit();
  }
  await soon(() => expect(bench.outbox.state.get()).toMatchObject({ trouble: "unreachable" }));
  expect(bench.outbox.state.get().waiting).toHaveLength(3);
  expect(bench.state.get().current).toBeNull();
});
