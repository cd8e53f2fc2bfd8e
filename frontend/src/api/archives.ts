/** Archives: a whole project as one file, made here or brought in from another server. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { MOVING_MS, QUIET_MS } from "./watching";

export type Archive = Schemas["Archive"];
export type ArchiveContents = Schemas["ArchiveContents"];
export type ArchiveImport = Schemas["ArchiveImport"];
export type ArchivePerson = Schemas["ArchivePerson"];

export function useArchives(project: string) {
  return useQuery({
    queryKey: ["archives", project],
    queryFn: () => answerOf(api.GET("/api/v1/archives/", { params: { query: { project } } })),
    select: (page) => page.results,
    refetchInterval: ({ state }) =>
      state.data?.results.some(({ finished_at: at }) => at === null) === true ? MOVING_MS : QUIET_MS,
  });
}

export function useMakeArchive(project: string) {
  return useMutation({
    mutationFn: (choices: { readonly pictures: boolean; readonly checkpoints: boolean }) =>
      answerOf(api.POST("/api/v1/archives/", { body: { project, ...choices } })),
    onSettled: () => refresh(["archives", project], ["jobs", project], ["image-history"]),
  });
}

export function useRemoveArchive({ project, id }: Archive) {
  return useMutation({
    mutationFn: () =>
      answerOf(api.DELETE("/api/v1/archives/{id}/", { params: { path: { id: String(id) } } })),
    onSettled: () => refresh(["archives", project], ["image-history"]),
  });
}

function refresh(...queryKeys: readonly (readonly string[])[]): Promise<unknown> {
  return Promise.all(queryKeys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

function isMoving({ state }: ArchiveImport): boolean {
  return state === "inspecting" || state === "importing";
}

export function useArchiveImports() {
  return useQuery({
    queryKey: ["archive-imports"],
    staleTime: 0,
    queryFn: () => answerOf(api.GET("/api/v1/archive-imports/")),
    select: (page) => page.results,
    refetchInterval: ({ state }) => (state.data?.results.some(isMoving) === true ? MOVING_MS : QUIET_MS),
  });
}

export function useArchiveImport(id: number) {
  return useQuery({
    queryKey: ["archive-import", id],
    queryFn: () => readArchiveImport(id),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? MOVING_MS : QUIET_MS),
  });
}

/** Whom it names, and who of them has the name of an account here. */
export function useArchivePeople(id: number) {
  return useQuery({
    queryKey: ["archive-import", id, "people"],
    queryFn: () =>
      answerOf(api.GET("/api/v1/archive-imports/{id}/people/", { params: { path: { id: String(id) } } })),
  });
}

export function useNewArchiveImport() {
  return useMutation({
    mutationFn: (file: File) =>
      answerOf(
        api.POST("/api/v1/archive-imports/", { body: { file_name: file.name, byte_count: file.size } }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["archive-imports"] }),
  });
}

export function useStartArchiveImport(id: number) {
  return useMutation({
    mutationFn: (body: Schemas["StartArchiveImportRequest"]) =>
      answerOf(
        api.POST("/api/v1/archive-imports/{id}/start/", {
          params: { path: { id: String(id) } },
          body,
        }),
      ),
    onSettled: () => refreshArchiveImport(id),
  });
}

export function useRemoveArchiveImport(id: number) {
  return useMutation({
    mutationFn: () =>
      answerOf(api.DELETE("/api/v1/archive-imports/{id}/", { params: { path: { id: String(id) } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["archive-imports"] }),
  });
}

export function readArchiveImport(id: number): Promise<ArchiveImport> {
  return answerOf(api.GET("/api/v1/archive-imports/{id}/", { params: { path: { id: String(id) } } }));
}

/** Sends the piece of the file that starts at byte `at`. */
export function sendArchivePiece(id: number, at: number, piece: Blob): Promise<ArchiveImport> {
  return answerOf(
    api.PUT("/api/v1/archive-imports/{id}/content/", {
      params: { path: { id: String(id) }, query: { at } },
      headers: { "Content-Type": "application/octet-stream" },
      // The document calls the body a string; it is sent as the bytes that it is.
      body: piece as unknown as string,
      bodySerializer: () => piece,
    }),
  );
}

export function refreshArchiveImport(id: number): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["archive-import", id] });
}
