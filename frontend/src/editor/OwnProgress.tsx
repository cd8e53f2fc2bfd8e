/** How many tasks of the round the person has done, and how many are left for them. */
import { useEffect } from "react";

import { useOwnProgress } from "../api/captions";
import { t } from "../i18n/translate";
import { useStore } from "../ui/store";

import type { Bench } from "./bench";

interface Props {
  readonly bench: Bench;
  readonly round: number;
}

export function OwnProgress({ bench, round }: Props) {
  const { data, refetch } = useOwnProgress(round);
  const waiting = useStore(bench.outbox.state, (state) => state.waiting.length);
  const task = useStore(bench.state, (state) => state.current?.id);

  useEffect(() => {
    // What is still on its way is not in the server's count.
    if (waiting === 0) void refetch();
  }, [waiting, task, refetch]);

  if (data === undefined) return null;
  const left = Math.max(0, data.left - waiting);
  return (
    <span className="counter">
      {t("editor.progress", { done: data.done + waiting })}
      {" · "}
      {t(data.more_left ? "editor.leftMore" : "editor.left", { count: left })}
    </span>
  );
}
