/** The reviewer's queue and verdicts. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { COUNTS_MS } from "./watching";

export type WaitingCaption = Schemas["WaitingCaption"];
export type Verdict = Schemas["Verdict"];
export type ConceptAnswer = Schemas["ConceptAnswer"];
export type ConceptGiven = Schemas["ConceptRequest"];

/** The queue shows so many at a time, see MOST_IN_QUEUE in api/rounds.py. */
export const QUEUE_PAGE = 100;

const pathOf = (round: number) => ({ params: { path: { id: String(round) } } });

export function useReviewQueue(round: number) {
  return useQuery({
    queryKey: ["review-queue", round],
    refetchOnWindowFocus: false,
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/review-queue/", pathOf(round))),
  });
}

/** How many captions wait for the caller's verdict, and how many images for their choice. */
export function useWaiting(round: number | null) {
  return useQuery({
    queryKey: ["waiting", round],
    enabled: round !== null,
    refetchInterval: COUNTS_MS,
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/waiting/", pathOf(round ?? 0))),
  });
}

/** What the caller accepted last and may decide on once more. */
export function useOwnVerdicts(round: number) {
  return useQuery({
    queryKey: ["own-verdicts", round],
    staleTime: 0,
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/own-verdicts/", pathOf(round))),
  });
}

export interface Given {
  readonly comment?: string;
  /** Of a fix; null: as it was. */
  readonly text?: string | null;
  /** Of a fix; null: those of the author that still hold. */
  readonly concepts?: readonly ConceptGiven[] | null;
  readonly anchor?: readonly [number, number] | null;
}

export async function reviewCaption(waiting: WaitingCaption, verdict: Verdict, given: Given): Promise<void> {
  const { comment = "", text = null, concepts = null, anchor = null } = given;
  await answerOf(
    api.POST("/api/v1/tasks/{id}/review/", {
      params: { path: { id: String(waiting.task) } },
      body: {
        caption: waiting.id,
        level: waiting.level,
        verdict,
        comment,
        text,
        concepts: concepts === null ? null : [...concepts],
        anchor: anchor === null ? null : [...anchor],
      },
    }),
  );
  noteDecided("review");
}

/** One waits less, and the server is asked how many do. */
export function noteDecided(what: "review" | "adjudication"): void {
  queryClient.setQueriesData<Schemas["WaitingCounts"]>({ queryKey: ["waiting"] }, (old) =>
    old === undefined ? old : { ...old, [what]: Math.max(0, old[what] - 1) },
  );
  void queryClient.invalidateQueries({ queryKey: ["waiting"] });
}
