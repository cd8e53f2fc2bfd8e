/** Rounds: watching, launching, closing. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { allPages, answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { OTHERS_MS } from "./watching";

export type Round = Schemas["Round"];
export type NewRound = Schemas["NewRoundRequest"];
export type LaunchPreview = Schemas["LaunchPreview"];
export type ClosingCheck = Schemas["ClosingCheck"];

export function useRounds(project: string) {
  return useQuery({
    queryKey: ["rounds", project],
    refetchInterval: OTHERS_MS,
    queryFn: () =>
      allPages((cursor) =>
        answerOf(
          api.GET("/api/v1/rounds/", {
            params: { query: { project, ...(cursor === undefined ? {} : { cursor }) } },
          }),
        ),
      ),
  });
}

export function useRound(id: number) {
  return useQuery({
    queryKey: ["round", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/", { params: { path: { id: String(id) } } })),
  });
}

export function useClosingCheck(id: number) {
  return useQuery({
    queryKey: ["closing-check", id],
    staleTime: 0,
    queryFn: () =>
      answerOf(api.GET("/api/v1/rounds/{id}/closing-check/", { params: { path: { id: String(id) } } })),
  });
}

export function useLaunchRound(project: string) {
  return useMutation({
    mutationFn: (body: NewRound) => answerOf(api.POST("/api/v1/rounds/", { body })),
    onSuccess: () => refreshProject(project),
  });
}

/** What a launch with these settings would make. Nothing is made. */
export function usePreviewRound() {
  return useMutation({
    mutationFn: (body: NewRound) => answerOf(api.POST("/api/v1/rounds/preview/", { body })),
  });
}

/** Takes a launch back, as long as nobody has handed anything in. */
export function useUndoLaunch(project: string) {
  return useMutation({
    mutationFn: async (id: number) => {
      await answerOf(api.POST("/api/v1/rounds/{id}/undo-launch/", { params: { path: { id: String(id) } } }));
    },
    onSuccess: () => refreshProject(project),
  });
}

export function useCloseRound(project: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST("/api/v1/rounds/{id}/close/", { params: { path: { id: String(id) } } })),
    onSuccess: () => refreshProject(project),
  });
}

/** Everything that an admin's decision may have changed. */
export async function refreshProject(project: string): Promise<void> {
  await Promise.all(
    [["rounds", project], ["jobs", project], ["runs", project], ["exports", project], ["projects"]].map(
      (queryKey) => queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
