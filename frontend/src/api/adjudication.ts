/** Images that several people captioned, and the choice between their captions. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { noteDecided } from "./review";

export type Undecided = Schemas["Undecided"];
export type Candidate = Schemas["Candidate"];

/** So many are shown at a time, see MOST_IN_QUEUE in api/adjudication.py. */
export const UNDECIDED_PAGE = 50;

/** One of the captions, or a text made of them. */
export type Choice = { readonly chosen: number } | { readonly text: string };

export function useUndecided(round: number) {
  return useQuery({
    queryKey: ["adjudication", round],
    refetchOnWindowFocus: false,
    queryFn: () =>
      answerOf(api.GET("/api/v1/rounds/{id}/adjudication/", { params: { path: { id: String(round) } } })),
  });
}

export async function adjudicate(
  round: number,
  { image, captions }: Undecided,
  choice: Choice,
  comment: string,
): Promise<void> {
  await answerOf(
    api.POST("/api/v1/rounds/{id}/adjudication/", {
      params: { path: { id: String(round) } },
      body: { image: image.id, seen: captions.map(({ caption }) => caption), comment, ...choice },
    }),
  );
  noteDecided("adjudication");
}
