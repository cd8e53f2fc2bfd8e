/** Captions as they were handed in. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { answerOf, api, cursorOf, type Schemas } from "./client";

export type Caption = Schemas["Caption"];

/** The caller's own captions of a round, of each task the last one, the newest first, a page at a time. */
export function useMyCaptions(round: number) {
  return useInfiniteQuery({
    queryKey: ["my-captions", round],
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const query = { round, mine: true, latest: true, ...(cursor === undefined ? {} : { cursor }) };
      return answerOf(api.GET("/api/v1/captions/", { params: { query } }));
    },
    getNextPageParam: ({ next }) => cursorOf(next),
    select: ({ pages }) => pages.flatMap(({ results }) => results),
  });
}

/** The caller's newest caption that can be taken back, of another task than the one on the screen. */
export async function previousOwn(round: number, task: number | undefined): Promise<Caption | undefined> {
  const query = { round, mine: true, latest: true };
  const page = await answerOf(api.GET("/api/v1/captions/", { params: { query } }));
  return page.results.find((one) => one.can_reopen && one.task !== task);
}

/** How far the caller is in a round: today, as this device's clock has it, in all, and what is left for them. */
export function useOwnProgress(round: number) {
  return useQuery({
    queryKey: ["own-progress", round],
    staleTime: 0,
    queryFn: () => {
      const since = new Date(new Date().setHours(0, 0, 0, 0)).toISOString();
      const params = { path: { id: String(round) }, query: { since } };
      return answerOf(api.GET("/api/v1/rounds/{id}/own-progress/", { params }));
    },
  });
}
