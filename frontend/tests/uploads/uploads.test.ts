/** Uploads in pieces: in order, from where the server is, again after a lost connection, and never another file. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Problem, Unreachable } from "../../src/api/problem";
import {
  continues,
  keyOf,
  type Receiver,
  sendUpload,
  sendings,
  type Upload,
} from "../../src/uploads/uploads";

const MIB = 1024 * 1024;

/** A server that keeps what it gets, and answers badly where it is told to. */
let received: number[];
let size: number;
let trouble: ("lost" | "answer lost" | "refused")[];

const server: Receiver = {
  takes: "import",
  send: (_: number, at: number, piece: Blob) => {
    const next = trouble.shift();
    if (next === "lost") return Promise.reject(new Unreachable("connection lost"));
    if (next === "refused") return Promise.reject(new Problem(404, "not-found", "gone"));
    if (at !== size) return Promise.reject(new Problem(409, "upload-out-of-step", "elsewhere"));
    received.push(piece.size);
    size += piece.size;
    if (next === "answer lost") return Promise.reject(new Unreachable("connection lost"));
    return Promise.resolve({ received: size });
  },
  read: () => Promise.resolve({ received: size }),
  refresh: () => Promise.resolve(),
};

function upload(received = 0): Upload {
  return { id: 7, file_name: "iguanas.zip", byte_count: 5 * MIB, received };
}

const file = new File([new Uint8Array(5 * MIB)], "iguanas.zip");

beforeEach(() => {
  received = [];
  size = 0;
  trouble = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  sendings.change(() => new Map());
});

async function whole(from = 0): Promise<void> {
  const done = sendUpload(upload(from), file, server);
  await vi.runAllTimersAsync();
  await done;
}

describe("an upload", () => {
  test("goes in pieces of 2 MiB and is forgotten when it is there", async () => {
    await whole();
    expect(received).toEqual([2 * MIB, 2 * MIB, MIB]);
    expect(sendings.get().size).toBe(0);
  });

  test("goes on where the server is", async () => {
    size = 4 * MIB;
    await whole(4 * MIB);
    expect(received).toEqual([MIB]);
  });

  test("sends a piece again whose connection or whose answer was lost", async () => {
    trouble = ["lost", "answer lost", "lost"];
    await whole();
    expect(size).toBe(5 * MIB);
    expect(received).toEqual([2 * MIB, 2 * MIB, MIB]);
  });

  test("ends with the server's refusal, which is kept to be shown", async () => {
    trouble = ["refused"];
    await whole();
    expect(sendings.get().get(keyOf(upload(), server))?.error?.message).toBe("gone");
  });
});

test("an import and an archive of the same id are two uploads", async () => {
  trouble = ["refused"];
  await whole();
  const ofArchive: Receiver = { ...server, takes: "archive-import" };
  expect(sendings.get().get(keyOf(upload(), ofArchive))).toBeUndefined();
});

test("only the same file goes on", () => {
  expect(continues(upload(), file)).toBe(true);
  expect(continues(upload(), new File([new Uint8Array(4)], "iguanas.zip"))).toBe(false);
  expect(continues(upload(), new File([new Uint8Array(5 * MIB)], "other.zip"))).toBe(false);
});
