/** Captioner runs: their report, their metrics, and whether their drafts are used. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { DEFAULTS } from "./request_options";
import { OTHERS_MS } from "./watching";

export type Run = Schemas["CaptionerRun"];
export type Evaluation = Run["evaluations"][number];

export function useRuns(project: string) {
  return useQuery({
    queryKey: ["runs", project],
    queryFn: () => answerOf(api.GET("/api/v1/captioner-runs/", { params: { query: { project } } })),
    select: (page) => page.results,
    refetchInterval: OTHERS_MS,
  });
}

export function usePromoteRun(project: string) {
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      answerOf(
        api.POST("/api/v1/captioner-runs/{id}/promote/", {
          params: { path: { id: String(id) } },
          body: { reason },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["runs", project] }),
  });
}

export function useCaptionImages(project: string) {
  return useMutation({
    mutationFn: ({ id, withAltText }: { id: number; withAltText: boolean }) =>
      answerOf(
        api.POST("/api/v1/captioner-runs/{id}/caption-images/", {
          params: { path: { id: String(id) } },
          body: { ...DEFAULTS.NewCaptionsRequest, with_alt_text: withAltText },
        }),
      ),
    onSettled: () =>
      Promise.all(
        ["exports", "jobs"].map((name) => queryClient.invalidateQueries({ queryKey: [name, project] })),
      ),
  });
}
