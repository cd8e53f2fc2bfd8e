/** A project's guidelines: the version in force, what the caller had read before, and every earlier version. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { answerOf, api, cursorOf, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Guidelines = Schemas["Guidelines"];
export type GuidelinesVersion = Schemas["GuidelinesVersion"];

const key = (slug: string): readonly string[] => ["guidelines", slug];

export function useGuidelines(slug: string) {
  return useQuery({
    queryKey: key(slug),
    queryFn: () => answerOf(api.GET("/api/v1/projects/{slug}/guidelines/", { params: { path: { slug } } })),
  });
}

export function useGuidelinesVersions(slug: string) {
  return useInfiniteQuery({
    queryKey: [...key(slug), "versions"],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) => {
      const params = { path: { slug }, query: cursor === "" ? {} : { cursor } };
      return answerOf(api.GET("/api/v1/projects/{slug}/guidelines/versions/", { params }));
    },
    getNextPageParam: ({ next }) => cursorOf(next ?? null),
  });
}

/** A version's text and the one before it. */
export function useGuidelinesText(slug: string, number: number) {
  return useQuery({
    queryKey: [...key(slug), "versions", number],
    queryFn: () =>
      answerOf(
        api.GET("/api/v1/projects/{slug}/guidelines/versions/{number}/", {
          params: { path: { slug, number } },
        }),
      ),
    staleTime: Infinity,
  });
}

/** From now on only later changes are new to the caller. */
export async function noteSeen(slug: string, version: number): Promise<void> {
  await answerOf(
    api.POST("/api/v1/projects/{slug}/guidelines/seen/", { params: { path: { slug } }, body: { version } }),
  );
  await queryClient.invalidateQueries({ queryKey: key(slug) });
}

export async function notePractised(slug: string): Promise<void> {
  await answerOf(api.POST("/api/v1/projects/{slug}/practised/", { params: { path: { slug } } }));
  await queryClient.invalidateQueries({ queryKey: key(slug) });
}

/** Makes the version after `version`. */
export async function changeGuidelines(slug: string, text: string, note: string, version: number) {
  const changed = await answerOf(
    api.PUT("/api/v1/projects/{slug}/guidelines/", {
      params: { path: { slug } },
      body: { text, note, version },
    }),
  );
  await queryClient.invalidateQueries({ queryKey: key(slug) });
  await queryClient.invalidateQueries({ queryKey: ["projects", slug] });
  return changed;
}

/** Keeps a picture for the text; resolves to its address. */
export async function keepPicture(slug: string, picture: File): Promise<string> {
  const body = new FormData();
  body.set("picture", picture);
  const kept = await answerOf(
    api.POST("/api/v1/projects/{slug}/guidelines/pictures/", {
      params: { path: { slug } },
      body: { picture: "" },
      bodySerializer: () => body,
    }),
  );
  return kept.url;
}
