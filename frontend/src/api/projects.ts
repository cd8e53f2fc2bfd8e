/** Projects. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { allPages, answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

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

export function refreshProject(slug: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["projects", slug] });
}

export type NewProject = Schemas["NewProjectRequest"];

export function useNewProject() {
  return useMutation({
    mutationFn: (body: NewProject) => answerOf(api.POST("/api/v1/projects/", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["projects"] }),
  });
}

export type ProjectChanges = Schemas["PatchedChangedProjectRequest"];

export async function changeProject(slug: string, changes: ProjectChanges): Promise<void> {
  const project = await answerOf(
    api.PATCH("/api/v1/projects/{slug}/", { params: { path: { slug } }, body: changes }),
  );
  queryClient.setQueryData(["projects", slug], project);
}
