/** How many tokens a text is for the project's captioner. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";

export type TokenCount = Schemas["TokenCount"];

/** While the server has not answered for this text, its last answer stands. */
export function useTokenCounts(slug: string, text: string) {
  return useQuery({
    queryKey: ["token-counts", slug, text],
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: () =>
      answerOf(
        api.POST("/api/v1/projects/{slug}/token-counts/", { params: { path: { slug } }, body: { text } }),
      ),
  });
}
