/** Exports: which formats there are, making one, and what was made. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { ENDING_MS } from "./watching";

export type Export = Schemas["Export"];
export type NewExport = Schemas["NewExportRequest"];

export function useExports(project: string) {
  return useQuery({
    queryKey: ["exports", project],
    queryFn: () => answerOf(api.GET("/api/v1/exports/", { params: { query: { project } } })),
    select: (page) => page.results,
    refetchInterval: ENDING_MS,
  });
}

export function useExportFormats() {
  return useQuery({
    queryKey: ["export-formats"],
    staleTime: Infinity,
    queryFn: () => answerOf(api.GET("/api/v1/exports/formats/")),
  });
}

export function useMakeExport(project: string) {
  return useMutation({
    mutationFn: (body: NewExport) => answerOf(api.POST("/api/v1/exports/", { body })),
    onSettled: () =>
      Promise.all(
        [
          ["exports", project],
          ["jobs", project],
        ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      ),
  });
}
