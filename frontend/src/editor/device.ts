/**
 * What this browser keeps so that nothing typed is lost: texts being written, and submissions not yet on the server.
 *
 * IndexedDB rather than localStorage: a finished write is in the file system's hands at once and survives the browser
 * being killed, and a text may be of any size.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { Decision, DropReason, Outcome } from "./concepts";

/** A text as it stands in somebody's editor. */
export interface KeptText {
  readonly user: number;
  readonly task: number;
  readonly text: string;
  /** The server's version that it was typed over. */
  readonly version: number;
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly milliseconds: number;
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
  texts: { key: [user: number, task: number]; value: KeptText };
  outbox: { key: string; value: Submission; indexes: { byTime: number } };
}

export interface Device {
  /** False where the browser lends no storage: then the words are in this page alone. */
  readonly lasts: boolean;
  readonly keepText: (text: KeptText) => Promise<void>;
  readonly keptText: (user: number, task: number) => Promise<KeptText | undefined>;
  readonly forgetText: (user: number, task: number) => Promise<void>;
  /** Stores the submission and drops the text it was made of, both or neither. */
  readonly putSubmission: (submission: Submission) => Promise<void>;
  /** One person's submissions, oldest first. */
  readonly submissions: (user: number) => Promise<Submission[]>;
  readonly dropSubmission: (submissionId: string) => Promise<void>;
}

export async function openDevice(name = "altogether"): Promise<Device> {
  const database: IDBPDatabase<Stores> = await openDB<Stores>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore("texts", { keyPath: ["user", "task"] });
      db.createObjectStore("outbox", { keyPath: "submissionId" }).createIndex("byTime", "madeAt");
    },
    // A newer page wants to change the stores: this one lets go instead of blocking it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    lasts: true,
    keepText: async (text) => {
      await database.put("texts", text);
    },
    keptText: (user, task) => database.get("texts", [user, task]),
    forgetText: (user, task) => database.delete("texts", [user, task]),
    putSubmission: async (submission) => {
      const transaction = database.transaction(["texts", "outbox"], "readwrite", { durability: "strict" });
      await transaction.objectStore("outbox").put(submission);
      await transaction.objectStore("texts").delete([submission.user, submission.task]);
      await transaction.done;
    },
    submissions: async (user) => {
      const all = await database.getAllFromIndex("outbox", "byTime");
      return all.filter((submission) => submission.user === user);
    },
    dropSubmission: (submissionId) => database.delete("outbox", submissionId),
  };
}

/** For a browser that lends no storage (a private window, a full disk): better than nothing while the page is open. */
export function memoryDevice(): Device {
  const texts = new Map<string, KeptText>();
  const outbox = new Map<string, Submission>();
  const key = (user: number, task: number): string => `${user}/${task}`;
  const done = Promise.resolve();
  return {
    lasts: false,
    keepText: (text) => (texts.set(key(text.user, text.task), text), done),
    keptText: (user, task) => Promise.resolve(texts.get(key(user, task))),
    forgetText: (user, task) => (texts.delete(key(user, task)), done),
    putSubmission: (submission) => {
      outbox.set(submission.submissionId, submission);
      texts.delete(key(submission.user, submission.task));
      return done;
    },
    submissions: (user) => Promise.resolve([...outbox.values()].filter((each) => each.user === user)),
    dropSubmission: (submissionId) => (outbox.delete(submissionId), done),
  };
}
