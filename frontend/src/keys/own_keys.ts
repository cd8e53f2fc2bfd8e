/** A person's own keys, kept in this browser. */
import { createStore } from "../ui/store";

import type { OwnKeys } from "./matching";

const KEY = "altogether.keys";

export const ownKeys = createStore<OwnKeys>(stored());

export const isMac = /Macintosh|iP(hone|ad)/.test(navigator.userAgent);

export function setKeys(id: string, keys: readonly string[] | null): void {
  ownKeys.change((old) => {
    const { [id]: _old, ...others } = old;
    return keys === null ? others : { ...others, [id]: keys };
  });
  localStorage.setItem(KEY, JSON.stringify(ownKeys.get()));
}

/** What was stored, as far as it still makes sense. */
function stored(): OwnKeys {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof read !== "object" || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter(
        ([, keys]) => Array.isArray(keys) && keys.every((key) => typeof key === "string"),
      ),
    );
  } catch {
    return {};
  }
}
