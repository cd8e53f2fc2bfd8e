/** Captions as they were handed in. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";

export type Caption = Schemas["Caption"];

/** The caller's own latest captions of a round. */
export function useMyCaptions(round: number) {
  return useQuery({
    queryKey: ["my-captions", round],
    staleTime: 0,
    queryFn: () => answerOf(api.GET("/api/v1/captions/", { params: { query: { round, mine: true } } })),
    select: (page) => page.results,
  });
}
