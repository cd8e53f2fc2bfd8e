/** The cohorts of a project. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Cohort = Schemas["Cohort"];

export function useCohorts(project: string) {
  return useQuery({
    queryKey: ["cohorts", project],
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/cohorts/", { params: { path: { slug: project } } })),
  });
}

/** Members show their cohort, so they are asked for again too. */
export async function refreshCohorts(project: string): Promise<void> {
  await Promise.all(
    ["cohorts", "members"].map((name) => queryClient.invalidateQueries({ queryKey: [name, project] })),
  );
}

export function useCreateCohort(project: string) {
  return useMutation({
    mutationFn: (name: string) =>
      answerOf(
        api.POST("/api/v1/projects/{slug}/cohorts/", { params: { path: { slug: project } }, body: { name } }),
      ),
    onSuccess: () => refreshCohorts(project),
  });
}

export function useRemoveCohort(project: string) {
  return useMutation({
    mutationFn: async (id: number) => {
      await answerOf(
        api.DELETE("/api/v1/projects/{slug}/cohorts/{id}/", {
          params: { path: { slug: project, id: String(id) } },
        }),
      );
    },
    onSuccess: () => refreshCohorts(project),
  });
}
