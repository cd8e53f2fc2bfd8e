/** The outbox keeps every submission until the server has it, and stores each once. */
import "fake-indexeddb/auto";

import { expect, it, vi } from "vitest";

import { Problem, Unreachable } from "../../src/api/problem";

import { type Device, openDevice, type Submission } from "../../src/editor/device";
import { createOutbox, type Outbox } from "../../src/editor/outbox";

import { soon, timePassesOnRequest } from "./passing_time";

timePassesOnRequest();

const USER = 5;
let databases = 0;
let moment = 0;

const freshDevice = (): Promise<Device> => openDevice(`outbox-${(databases += 1)}`);

function submission(submissionId: string, text = submissionId): Submission {
  moment += 1;
  return {
    submissionId,
    user: USER,
    round: 1,
    task: moment,
    image: "",
    text,
    seconds: 3,
    pastedShare: 0,
    concepts: [],
    madeAt: moment,
    refusal: null,
  };
}

/** A server that stores by submission id, and whose line and mind can be changed. */
class Server {
  readonly stored = new Map<string, string>();
  readonly received: string[] = [];
  online = true;
  answers = true;
  refuses: Problem | null = null;

  readonly send = ({ submissionId, text }: Submission): Promise<number> => {
    if (!this.online) return Promise.reject(new Unreachable("no network"));
    if (this.refuses !== null) return Promise.reject(this.refuses);
    this.received.push(submissionId);
    this.stored.set(submissionId, text);
    return this.answers
      ? Promise.resolve(this.stored.size)
      : Promise.reject(new Unreachable("the answer was lost"));
  };
}

function lock(): (task: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (task) => (last = last.then(task));
}

function tab(device: Device, server: Server, exclusively = lock(), sent: string[] = []): Outbox {
  return createOutbox({
    user: USER,
    device,
    send: server.send,
    exclusively,
    onRefused: () => undefined,
    onSent: ({ submissionId }) => sent.push(submissionId),
  });
}

it("sends at once and in order", async () => {
  const [server, sent] = [new Server(), [] as string[]];
  const outbox = tab(await freshDevice(), server, lock(), sent);
  await outbox.add(submission("a"));
  await outbox.add(submission("b"));
  await outbox.flush();
  expect(server.received).toEqual(["a", "b"]);
  expect(sent).toEqual(["a", "b"]);
  expect(outbox.state.get()).toEqual({ waiting: [], refused: [], trouble: null });
});

it("keeps what could not be sent, over a restart of the browser", async () => {
  const [device, server] = [await freshDevice(), new Server()];
  server.online = false;
  const before = tab(device, server);
  await before.add(submission("a"));
  await before.flush();
  expect(before.state.get().trouble).toBe("unreachable");
  expect(before.state.get().waiting.map((each) => each.submissionId)).toEqual(["a"]);

  server.online = true;
  const after = tab(device, server);
  await after.flush();
  expect([...server.stored]).toEqual([["a", "a"]]);
  expect(after.state.get().waiting).toEqual([]);
});

it("sends again after a lost answer, under the same id", async () => {
  const server = new Server();
  const outbox = tab(await freshDevice(), server);
  server.answers = false;
  await outbox.add(submission("a"));
  await outbox.flush();
  server.answers = true;
  await outbox.flush();
  expect(new Set(server.received)).toEqual(new Set(["a"]));
  expect(server.received.length).toBeGreaterThan(1);
  expect(server.stored.size).toBe(1);
  expect(outbox.state.get()).toEqual({ waiting: [], refused: [], trouble: null });
});

it("sends by itself what did not get through, unless the page goes", async () => {
  const [server, gone] = [new Server(), new Server()];
  const [outbox, left] = [tab(await freshDevice(), server), tab(await freshDevice(), gone)];
  [server.online, gone.online] = [false, false];
  await Promise.all([outbox.add(submission("a")), left.add(submission("b"))]);
  await soon(() => expect(left.state.get().trouble).toBe("unreachable"));
  await soon(() => expect(outbox.state.get().trouble).toBe("unreachable"));
  left.rest();
  [server.online, gone.online] = [true, true];
  const sent = { waiting: [], refused: [], trouble: null };
  await soon(() => expect(outbox.state.get()).toEqual(sent));
  expect(server.received).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone.received).toEqual([]);
});

it("lets one of two tabs send", async () => {
  const [device, server, shared] = [await freshDevice(), new Server(), lock()];
  const [one, two] = [tab(device, server, shared), tab(device, server, shared)];
  server.online = false;
  await one.add(submission("a"));
  await one.flush();
  server.online = true;
  await Promise.all([one.flush(), two.flush()]);
  expect(server.received).toEqual(["a"]);
});

it("waits for a sign-in without giving up the words", async () => {
  const server = new Server();
  const outbox = tab(await freshDevice(), server);
  server.refuses = new Problem(403, "not-authenticated", "Sign in first.");
  await outbox.add(submission("a"));
  await outbox.flush();
  expect(outbox.state.get().trouble).toBe("signed-out");
  server.refuses = null;
  await outbox.flush();
  expect([...server.stored.keys()]).toEqual(["a"]);
});

it("puts a refused one aside with its words and goes on with the next", async () => {
  const [server, device] = [new Server(), await freshDevice()];
  const outbox = tab(device, server);
  server.refuses = new Problem(409, "round-closed", "The round is closed.");
  await outbox.add(submission("a", "a caption"));
  await outbox.flush();
  server.refuses = null;
  await outbox.add(submission("b"));
  await outbox.flush();
  expect([...server.stored.keys()]).toEqual(["b"]);
  const { refused, waiting } = outbox.state.get();
  expect(waiting).toEqual([]);
  expect(refused.map(({ text, refusal }) => [text, refusal])).toEqual([
    ["a caption", "The round is closed."],
  ]);
  await outbox.drop("a");
  expect(outbox.state.get().refused).toEqual([]);
});

it("gives back what was not sent, once", async () => {
  const server = new Server();
  const outbox = tab(await freshDevice(), server);
  server.online = false;
  const made = submission("a", "words");
  await outbox.add(made);
  expect(await outbox.takeBack("a")).toEqual(made);
  expect(await outbox.takeBack("a")).toBeNull();
  server.online = true;
  await outbox.flush();
  expect(server.stored.size).toBe(0);
});

it("does not touch another person's submissions", async () => {
  const [device, server] = [await freshDevice(), new Server()];
  await device.putSubmission({ ...submission("theirs"), user: 6 });
  await tab(device, server).flush();
  expect(server.received).toEqual([]);
  expect(await device.submissions(6)).toHaveLength(1);
});

it("drops the texts being written together with storing their submission", async () => {
  const device = await freshDevice();
  const made = submission("a");
  const kept = {
    user: USER,
    task: made.task,
    page: "one",
    text: "half",
    version: 2,
    decisions: {},
    milliseconds: 10,
    onServer: false,
    keptAt: 5,
  };
  await device.keepText(kept);
  await device.keepText({ ...kept, page: "two", text: "another half" });
  await device.keepText({ ...kept, task: made.task + 1 });
  expect(await device.keptTexts(USER, made.task)).toEqual([
    kept,
    { ...kept, page: "two", text: "another half" },
  ]);
  await device.putSubmission(made);
  expect(await device.keptTexts(USER, made.task)).toEqual([]);
  expect(await device.keptTexts(USER, made.task + 1)).toHaveLength(1);
});
