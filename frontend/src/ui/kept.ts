/**
 * What somebody types outside of the workbench (a fix, a comment, a lesson), kept in this browser at every key: closing the
 * form, going elsewhere or a reload loses none of it. It is forgotten when it was given, and after a month.
 */
import { useState } from "react";

import { type Session, SESSION_KEY } from "../api/session";
import { queryClient } from "../api/queries";

const PREFIX = "altogether.kept.";
const LONGEST_MS = 31 * 24 * 3600 * 1000;

export interface Kept {
  /** What was kept under that name, if its shape is that of `like`. */
  readonly read: <T>(name: string, like: T) => T | undefined;
  readonly has: (name: string) => boolean;
  readonly keep: (name: string, value: unknown) => void;
  readonly forget: (name: string) => void;
}

/** Keeps in `storage`; in this page alone where the browser lends none, or has no room left. */
export function createKept(storage: Storage | null, now: () => number = Date.now): Kept {
  const here = new Map<string, unknown>();
  const old = Object.keys(storage ?? {}).filter((key) => {
    const kept = key.startsWith(PREFIX) ? parsed(storage?.getItem(key)) : undefined;
    return kept !== undefined && now() - kept.at > LONGEST_MS;
  });
  for (const key of old) storage?.removeItem(key);
  return {
    read: <T>(name: string, like: T) => {
      const found = here.get(name) ?? parsed(storage?.getItem(PREFIX + name))?.value;
      return isLike(found, like) ? found : undefined;
    },
    has: (name) => here.has(name) || parsed(storage?.getItem(PREFIX + name)) !== undefined,
    keep: (name, value) => {
      here.set(name, value);
      try {
        storage?.setItem(PREFIX + name, JSON.stringify({ value, at: now() }));
      } catch {
        // No room left: what stands there is older than what this page has.
        storage?.removeItem(PREFIX + name);
      }
    },
    forget: (name) => {
      here.delete(name);
      storage?.removeItem(PREFIX + name);
    },
  };
}

/** An older version of the program may have kept something else under the same name. */
function isLike<T>(found: unknown, like: T): found is T {
  if (Array.isArray(like)) return Array.isArray(found);
  if (typeof like !== "object" || like === null) return typeof found === typeof like;
  if (typeof found !== "object" || found === null || Array.isArray(found)) return false;
  return Object.entries(like).every(([name, part]) => isLike((found as Record<string, unknown>)[name], part));
}

function parsed(stored: string | null | undefined): { value: unknown; at: number } | undefined {
  try {
    const read: unknown = JSON.parse(stored ?? "null");
    if (typeof read !== "object" || read === null || !("value" in read)) return undefined;
    return { value: read.value, at: "at" in read ? Number(read.at) : 0 };
  } catch {
    return undefined;
  }
}

let kept: Kept | null = null;

function ofThisBrowser(): Kept {
  try {
    return (kept ??= createKept(localStorage));
  } catch {
    return (kept ??= createKept(null));
  }
}

/** Each person's own: a browser may be used by several. */
function ownName(name: string): string {
  return `${queryClient.getQueryData<Session>(SESSION_KEY)?.user?.id ?? 0}.${name}`;
}

/** Whether something is kept under that name: words that were typed and not given. */
export function isKept(name: string): boolean {
  return ofThisBrowser().has(ownName(name));
}

/**
 * A value that is kept under `name` while it differs from `initial`: the value, how to change it, and how to let it go once it
 * was given. Another name wants another component (a `key`).
 */
export function useKept<T>(
  name: string,
  initial: T,
): readonly [value: T, change: (next: T) => void, forget: () => void] {
  const own = ownName(name);
  const [value, setValue] = useState<T>(() => ofThisBrowser().read(own, initial) ?? initial);
  const forget = (): void => ofThisBrowser().forget(own);
  const change = (next: T): void => {
    setValue(next);
    if (JSON.stringify(next) === JSON.stringify(initial)) forget();
    else ofThisBrowser().keep(own, next);
  };
  return [value, change, forget];
}
