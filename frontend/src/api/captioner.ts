/** How a project's next captioner is trained, and the bases that it may start from. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { allPages, answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { ENDING_MS } from "./watching";

export type ProjectCaptioner = Schemas["ProjectCaptioner"];
export type CaptionerChoice = Schemas["PatchedChosenCaptionerRequest"];
export type Base = Schemas["BaseCheckpoint"];
export type StartFrom = ProjectCaptioner["start"];

const keyOf = (project: string) => ["captioner", project];
const BASES = ["captioner-bases"];
const refreshBases = () => queryClient.invalidateQueries({ queryKey: BASES });

export function useProjectCaptioner(project: string) {
  return useQuery({
    queryKey: keyOf(project),
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/captioner/", { params: { path: { slug: project } } })),
  });
}

export async function chooseCaptioner(project: string, body: CaptionerChoice): Promise<void> {
  const chosen = await answerOf(
    api.PATCH("/api/v1/projects/{slug}/captioner/", { params: { path: { slug: project } }, body }),
  );
  queryClient.setQueryData(keyOf(project), chosen);
}

/** Asked for again while a worker looks into one. */
export function useBases() {
  return useQuery({
    queryKey: BASES,
    queryFn: () =>
      allPages((cursor) =>
        answerOf(
          api.GET("/api/v1/captioner-bases/", { params: { query: cursor === undefined ? {} : { cursor } } }),
        ),
      ),
    refetchInterval: ({ state }) =>
      state.data?.some((base) => base.state === "inspecting") === true ? ENDING_MS : false,
  });
}

export function useRegisterBase() {
  return useMutation({
    mutationFn: (body: Schemas["NewBaseRequest"]) => answerOf(api.POST("/api/v1/captioner-bases/", { body })),
    onSettled: refreshBases,
  });
}

export function useRemoveBase() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE("/api/v1/captioner-bases/{id}/", { params: { path: { id: String(id) } } })),
    onSettled: refreshBases,
  });
}
