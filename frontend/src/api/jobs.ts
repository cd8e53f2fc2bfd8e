/** Long work: how far it is, cancelling, trying again. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { MOVING_MS, OTHERS_MS } from "./watching";

export type Job = Schemas["Job"];

export function isUnfinished(job: Job): boolean {
  return job.state === "queued" || job.state === "running";
}

/** The project's latest jobs, newest first; asked for every second while any is under way. */
export function useJobs(project: string) {
  return useQuery({
    queryKey: ["jobs", project],
    queryFn: () => answerOf(api.GET("/api/v1/jobs/", { params: { query: { project } } })),
    select: (page) => page.results,
    refetchInterval: ({ state }) => (state.data?.results.some(isUnfinished) === true ? MOVING_MS : OTHERS_MS),
  });
}

export function useCancelJob(project: string) {
  return useMutation({
    mutationFn: (id: string) => answerOf(api.POST("/api/v1/jobs/{id}/cancel/", { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["jobs", project] }),
  });
}

export function useRetryJob(project: string) {
  return useMutation({
    mutationFn: (id: string) => answerOf(api.POST("/api/v1/jobs/{id}/retry/", { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["jobs", project] }),
  });
}
