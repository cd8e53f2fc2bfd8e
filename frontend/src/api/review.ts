/** The reviewer's queue and verdicts. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";

export type WaitingCaption = Schemas["WaitingCaption"];
export type Verdict = Schemas["Verdict"];

export function useReviewQueue(round: number) {
  return useQuery({
    queryKey: ["review-queue", round],
    refetchOnWindowFocus: false,
    queryFn: () =>
      answerOf(api.GET("/api/v1/rounds/{id}/review-queue/", { params: { path: { id: String(round) } } })),
  });
}

export function reviewCaption(
  waiting: WaitingCaption,
  verdict: Verdict,
  comment: string,
  text: string | null,
  anchor: readonly [number, number] | null,
): Promise<unknown> {
  return answerOf(
    api.POST("/api/v1/tasks/{id}/review/", {
      params: { path: { id: String(waiting.task) } },
      body: {
        caption: waiting.id,
        level: waiting.level,
        verdict,
        comment,
        text,
        anchor: anchor === null ? null : [...anchor],
      },
    }),
  );
}
