/** Imports: what comes in, looking into it, starting it, and what became of its rows. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { MOVING_MS, QUIET_MS } from "./watching";

export type Import = Schemas["Import"];
export type ImportState = Schemas["ImportState"];
export type NewImport = Schemas["NewImportRequest"];
export type Reading = Schemas["ReadingRequest"];
export type StartImport = Schemas["StartImportRequest"];

const MOVING: readonly ImportState[] = ["inspecting", "importing"];

export function isMoving({ state }: Import): boolean {
  return MOVING.includes(state);
}

export function useImports(project: string) {
  return useQuery({
    queryKey: ["imports", project],
    // An upload may have come in while its own page was open.
    staleTime: 0,
    queryFn: () => answerOf(api.GET("/api/v1/imports/", { params: { query: { project } } })),
    select: (page) => page.results,
    refetchInterval: ({ state }) => (state.data?.results.some(isMoving) === true ? MOVING_MS : QUIET_MS),
  });
}

export function useImport(id: number) {
  return useQuery({
    queryKey: ["import", id],
    queryFn: () => readImport(id),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? MOVING_MS : QUIET_MS),
  });
}

export function useImportFormats() {
  return useQuery({
    queryKey: ["import-formats"],
    staleTime: Infinity,
    queryFn: () => answerOf(api.GET("/api/v1/imports/formats/")),
  });
}

export function useNewImport(project: string) {
  return useMutation({
    mutationFn: (body: Omit<NewImport, "project">) =>
      answerOf(api.POST("/api/v1/imports/", { body: { ...body, project } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["imports", project] }),
  });
}

export function useStartImport(id: number) {
  return useMutation({
    mutationFn: (body: StartImport) =>
      answerOf(api.POST("/api/v1/imports/{id}/start/", { params: { path: { id: String(id) } }, body })),
    onSettled: () => refreshImport(id),
  });
}

/** Have a worker look into the source once more, read as is said. */
export function useLookAgain(id: number) {
  return useMutation({
    mutationFn: (body: Reading) =>
      answerOf(api.POST("/api/v1/imports/{id}/inspect/", { params: { path: { id: String(id) } }, body })),
    onSettled: () => refreshImport(id),
  });
}

export function useRemoveImport({ project, id }: Pick<Import, "project" | "id">) {
  return useMutation({
    mutationFn: () => answerOf(api.DELETE("/api/v1/imports/{id}/", { params: { path: { id: String(id) } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["imports", project] }),
  });
}

export function readImport(id: number): Promise<Import> {
  return answerOf(api.GET("/api/v1/imports/{id}/", { params: { path: { id: String(id) } } }));
}

/** Sends the piece of the file that starts at byte `at`. */
export function sendPiece(id: number, at: number, piece: Blob): Promise<Import> {
  return answerOf(
    api.PUT("/api/v1/imports/{id}/content/", {
      params: { path: { id: String(id) }, query: { at } },
      headers: { "Content-Type": "application/octet-stream" },
      // The document calls the body a string; it is sent as the bytes that it is.
      body: piece as unknown as string,
      bodySerializer: () => piece,
    }),
  );
}

export function refreshImport(id: number): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["import", id] });
}
