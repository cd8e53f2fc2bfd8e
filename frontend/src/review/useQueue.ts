/** What waits for a decision: the next one comes at once; when a decision does not get through, its item comes back. */
import { useEffect, useState } from "react";

import { preload } from "../stage/preload";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

interface Needs<Item> {
  readonly fetched: readonly Item[];
  readonly keyOf: (item: Item) => number;
  readonly onLookAgain: () => void;
}

export function useQueue<Item extends { readonly image: { readonly url: string } }>(needs: Needs<Item>) {
  const { fetched, keyOf, onLookAgain } = needs;
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set());
  const waiting = fetched.filter((item) => !decided.has(keyOf(item)));
  const next = waiting[1];

  useEffect(() => {
    if (next !== undefined) preload(next.image.url);
  }, [next]);

  const settle = (item: Item, send: Promise<unknown>): void => {
    const key = keyOf(item);
    setDecided((old) => new Set(old).add(key));
    send.catch((error: unknown) => {
      setDecided((old) => new Set([...old].filter((each) => each !== key)));
      showToast(messageOf(error));
      onLookAgain();
    });
  };

  return { current: waiting[0], left: waiting, decided: decided.size, settle };
}
