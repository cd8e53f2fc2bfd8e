/** What waits for a decision: the next one comes at once; when a decision does not get through, its item comes back. */
import { useEffect, useState } from "react";

import { preload } from "../stage/preload";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

interface Needs<Item> {
  readonly fetched: readonly Item[];
  readonly keyOf: (item: Item) => number;
  /** How many wait, as the server counts; undefined before it has. */
  readonly waiting: number | undefined;
  /** So many are fetched at most. */
  readonly page: number;
  readonly isLooking: boolean;
  readonly onLookAgain: () => void;
}

export function useQueue<Item extends { readonly image: { readonly url: string } }>(needs: Needs<Item>) {
  const { fetched, keyOf, waiting, page, isLooking, onLookAgain } = needs;
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set());
  const [underWay, setUnderWay] = useState(0);
  const [pinned, pin] = useState<number | null>(null);
  const left = fetched.filter((item) => !decided.has(keyOf(item)));
  // What is being read stays on the screen, whatever comes up meanwhile.
  const current = left.find((item) => keyOf(item) === pinned) ?? left[0];
  const next = left.find((item) => item !== current);
  const key = current === undefined ? null : keyOf(current);
  if (key !== pinned) pin(key);

  useEffect(() => {
    if (next !== undefined) preload(next.image.url);
  }, [next]);

  const isWhole = fetched.length < page;
  const more = waiting !== undefined && underWay === 0 && waiting > left.length;
  const wantsMore = more && (isWhole || left.length < page / 10);
  useEffect(() => {
    if (wantsMore && !isLooking) onLookAgain();
    // Once for each count that the server gives.
  }, [wantsMore, waiting]);

  const settle = (item: Item, send: Promise<unknown>, done?: () => void): void => {
    const decidedKey = keyOf(item);
    setDecided((old) => new Set(old).add(decidedKey));
    setUnderWay((count) => count + 1);
    send
      .then(done, (error: unknown) => {
        setDecided((old) => new Set([...old].filter((each) => each !== decidedKey)));
        pin(decidedKey);
        showToast(messageOf(error));
        onLookAgain();
      })
      .finally(() => setUnderWay((count) => count - 1));
  };

  const count = isWhole ? left.length : Math.max(left.length, (waiting ?? 0) - underWay);
  return { current, left, count, decided: decided.size, settle };
}
