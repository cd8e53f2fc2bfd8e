/**
 * What this browser keeps so that nothing typed is lost: texts being written, and submissions not yet on the server.
 *
 * IndexedDB rather than localStorage: a finished write is in the file system's hands at once and survives the browser
 * being killed, and a text may be of any size.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { Decisions, DropReason, Outcome } from "./concepts";

/** A text as it stands in somebody's editor. Each open page keeps its own: two tabs do not overwrite each other's. */
export interface KeptText {
  readonly user: number;
  readonly task: number;
  readonly page: string;
  readonly text: string;
  /** The server's version that it was typed over. */
  readonly version: number;
  readonly decisions: Decisions;
  readonly milliseconds: number;
  /** Whether the server had this very text, and these decisions, when they were kept. */
  readonly onServer: boolean;
  readonly keptAt: number;
}

/** A finished text on its way to the server. The id is made here, so that sending twice stores once. */
export interface Submission {
  readonly submissionId: string;
  readonly user: number;
  readonly round: number;
  readonly task: number;
  readonly image: string;
  readonly text: string;
  readonly seconds: number;
  /** 0 to 1: how much of the text was pasted. */
  readonly pastedShare: number;
  readonly concepts: readonly { phrase: string; outcome: Outcome; reason: DropReason | null }[];
  readonly madeAt: number;
  /** Why the server would not have it; null while it waits. */
  readonly refusal: string | null;
}

interface Stores extends DBSchema {
  pages: { key: [user: number, task: number, page: string]; value: KeptText };
  outbox: { key: string; value: Submission; indexes: { byTime: number } };
}

export interface Device {
  /** False where the browser lends no storage: then the words are in this page alone. */
  readonly lasts: boolean;
  readonly keepText: (text: KeptText) => Promise<void>;
  /** What every page kept of the task. */
  readonly keptTexts: (user: number, task: number) => Promise<KeptText[]>;
  /** Unless its page has kept something newer since. */
  readonly forgetText: (text: KeptText) => Promise<void>;
  readonly forgetTexts: (user: number, task: number) => Promise<void>;
  /** Stores the submission and drops the texts of its task, both or neither. */
  readonly putSubmission: (submission: Submission) => Promise<void>;
  /** One person's submissions, oldest first. */
  readonly submissions: (user: number) => Promise<Submission[]>;
  readonly dropSubmission: (submissionId: string) => Promise<void>;
}

export async function openDevice(name = "altogether"): Promise<Device> {
  const database: IDBPDatabase<Stores> = await openDB<Stores>(name, 2, {
    upgrade: (db) => {
      db.createObjectStore("pages", { keyPath: ["user", "task", "page"] });
      db.createObjectStore("outbox", { keyPath: "submissionId" }).createIndex("byTime", "madeAt");
    },
    // A newer page wants to change the stores: this one lets go instead of blocking it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    lasts: true,
    keepText: async (text) => {
      await database.put("pages", text);
    },
    keptTexts: (user, task) => database.getAll("pages", everyPage(user, task)),
    forgetText: async ({ user, task, page, keptAt }) => {
      const { store, done } = database.transaction("pages", "readwrite");
      const now = await store.get([user, task, page]);
      if (now?.keptAt === keptAt) await store.delete([user, task, page]);
      await done;
    },
    forgetTexts: (user, task) => database.delete("pages", everyPage(user, task)),
    putSubmission: async (submission) => {
      const transaction = database.transaction(["pages", "outbox"], "readwrite", { durability: "strict" });
      await transaction.objectStore("outbox").put(submission);
      await transaction.objectStore("pages").delete(everyPage(submission.user, submission.task));
      await transaction.done;
    },
    submissions: async (user) => {
      const all = await database.getAllFromIndex("outbox", "byTime");
      return all.filter((submission) => submission.user === user);
    },
    dropSubmission: (submissionId) => database.delete("outbox", submissionId),
  };
}

const everyPage = (user: number, task: number): IDBKeyRange =>
  IDBKeyRange.bound([user, task], [user, task, []]);

/** For a browser that lends no storage (a private window, a full disk): better than nothing while the page is open. */
export function memoryDevice(): Device {
  const texts = new Map<string, KeptText>();
  const outbox = new Map<string, Submission>();
  const key = ({ user, task, page }: KeptText): string => JSON.stringify([user, task, page]);
  const ofTask = (user: number, task: number): KeptText[] =>
    [...texts.values()].filter((text) => text.user === user && text.task === task);
  const forgetTexts = (user: number, task: number): void =>
    ofTask(user, task).forEach((text) => texts.delete(key(text)));
  const done = Promise.resolve();
  return {
    lasts: false,
    keepText: (text) => (texts.set(key(text), text), done),
    keptTexts: (user, task) => Promise.resolve(ofTask(user, task)),
    forgetText: (text) => {
      if (texts.get(key(text))?.keptAt === text.keptAt) texts.delete(key(text));
      return done;
    },
    forgetTexts: (user, task) => (forgetTexts(user, task), done),
    putSubmission: (submission) => {
      outbox.set(submission.submissionId, submission);
      forgetTexts(submission.user, submission.task);
      return done;
    },
    submissions: (user) => Promise.resolve([...outbox.values()].filter((each) => each.user === user)),
    dropSubmission: (submissionId) => (outbox.delete(submissionId), done),
  };
}
