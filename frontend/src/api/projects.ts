/** Projects. */
import { useQuery } from "@tanstack/react-query";

import { allPages, answerOf, api, type Schemas } from "./client";

export type Project = Schemas["Project"];

export function useProjects() {
  return useQuery({
    queryKey: ["projects"],
    queryFn: () =>
      allPages((cursor) =>
        answerOf(api.GET("/api/v1/projects/", { params: { query: cursor === undefined ? {} : { cursor } } })),
      ),
  });
}

export function useProject(slug: string | undefined) {
  return useQuery({
    queryKey: ["projects", slug],
    enabled: slug !== undefined,
    queryFn: () => answerOf(api.GET("/api/v1/projects/{slug}/", { params: { path: { slug: slug ?? "" } } })),
  });
}
