/** The server's rules in memory: what the API promises to one annotator. The line and the session can be cut. */
import { Problem, Unreachable } from "../../src/api/problem";
import type { Task } from "../../src/api/tasks";
import type { Server } from "../../src/editor/server";

export const ROUND = 1;

export function task(id: number, extra: Partial<Task> = {}): Task {
  return {
    id,
    round: ROUND,
    state: "claimed",
    starting_text: `alt-text ${id}`,
    starting_source: "alt_text",
    alt_texts: [`alt-text ${id}`],
    phrases: [],
    concepts: [],
    concepts_before: [],
    previous_caption: null,
    draft: null,
    working_copy: { text: `alt-text ${id}`, version: 0 },
    image: {
      id,
      url: `/${id}`,
      thumbnail_url: `/${id}`,
      original_url: null,
      width: 9,
      height: 9,
      face_boxes: [],
    },
    lease_expires_at: null,
    review: null,
    flagged: false,
    flag_note: "",
    ...extra,
  };
}

/** Holds tasks for one annotator; each submission id is stored once; a save must name the version it builds on. */
export class Rules {
  readonly tasks = new Map<number, Task>();
  readonly captions: { task: number; text: string; id: string; pastedShare: number; seconds: number }[] = [];
  readonly released: number[] = [];
  online = true;
  open = true;
  signedIn = true;
  limit = Infinity;

  constructor(count: number) {
    for (let id = 1; id <= count; id += 1) this.tasks.set(id, task(id, { state: "pending" }));
  }

  private check(): void {
    if (!this.online) throw new Unreachable("no network");
    if (!this.signedIn) throw new Problem(403, "not-authenticated", "Sign in first.");
  }

  private set(id: number, change: Partial<Task>): void {
    this.tasks.set(id, { ...this.get(id), ...change });
  }

  get(id: number): Task {
    const found = this.tasks.get(id);
    if (found === undefined) throw new Problem(404, "not-found", "There is no such task.");
    return found;
  }

  readonly server: Server = {
    claim: async (_round, count) => {
      await Promise.resolve();
      this.check();
      if (!this.open) throw new Problem(409, "round-closed", "This round is not open.");
      const all = [...this.tasks.values()];
      const order = ["claimed", "returned", "pending"];
      const picked = order.flatMap((state) => all.filter((each) => each.state === state)).slice(0, count);
      for (const { id } of picked) this.set(id, { state: "claimed" });
      return picked.map(({ id }) => this.get(id));
    },
    save: async (id, text, version, decisions) => {
      await Promise.resolve();
      this.check();
      const { working_copy: copy } = this.get(id);
      if (copy.version !== version && copy.text !== text) {
        throw new Problem(409, "newer-text-saved", "A newer text was saved.", {}, { ...copy });
      }
      const concepts = Object.entries(decisions).map(([phrase, decision]) => ({ phrase, ...decision }));
      this.set(id, { working_copy: { text, version: version + 1 }, concepts });
      const isHeld = this.open && this.get(id).state === "claimed";
      return { version: version + 1, lease_expires_at: isHeld ? "2026-12-01T00:30:00Z" : null };
    },
    submit: async ({ task: id, text, submissionId, pastedShare, seconds, concepts }) => {
      await Promise.resolve();
      this.check();
      const before = this.captions.findIndex((caption) => caption.id === submissionId);
      if (before >= 0) return before;
      if (!this.open) throw new Problem(409, "round-closed", "The round was closed meanwhile.");
      if (text.length > this.limit) throw new Problem(400, "invalid-text", "The text is too long.");
      this.set(id, { state: "submitted", concepts: [...concepts] });
      return this.captions.push({ task: id, text, id: submissionId, pastedShare, seconds }) - 1;
    },
    undo: async (id, caption) => {
      await Promise.resolve();
      this.check();
      const { text } = this.captions[caption] ?? { text: "" };
      const { version } = this.get(id).working_copy;
      this.set(id, { state: "claimed", working_copy: { text, version: version + 1 } });
      return this.get(id);
    },
    look: async (id) => {
      await Promise.resolve();
      this.check();
      return this.get(id);
    },
    skip: async (id) => {
      await Promise.resolve();
      this.check();
      this.set(id, { state: "skipped" });
    },
    flag: async (id, note) => {
      await Promise.resolve();
      this.set(id, { flagged: true, flag_note: note });
    },
    release: async (id) => {
      await Promise.resolve();
      this.released.push(id);
    },
  };
}
