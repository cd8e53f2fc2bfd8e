/** Images: looking for them, one's whole life, taking one down. */
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, cursorOf, type Schemas } from "./client";
import { queryClient } from "./queries";
import type { operations } from "./schema";
import { ENDING_MS } from "./watching";

export type Image = Schemas["Image"];
export type ImageHistory = Schemas["ImageHistory"];
export type ImageQuery = NonNullable<operations["images_list"]["parameters"]["query"]>;

const PAGE_SIZE = 60;

export function useImages(query: ImageQuery) {
  return useInfiniteQuery({
    queryKey: ["images", query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET("/api/v1/images/", {
          params: {
            query: {
              ...query,
              page_size: PAGE_SIZE,
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: ({ next }) => cursorOf(next),
    select: ({ pages }) => pages.flatMap((page) => page.results),
  });
}

export function useImage(id: number | undefined) {
  return useQuery({
    queryKey: ["image", id],
    enabled: id !== undefined,
    queryFn: () => answerOf(api.GET("/api/v1/images/{id}/", { params: { path: { id: String(id) } } })),
  });
}

export function useImageHistory(id: number) {
  return useQuery({
    queryKey: ["image-history", id],
    queryFn: () =>
      answerOf(api.GET("/api/v1/images/{id}/history/", { params: { path: { id: String(id) } } })),
  });
}

/** Asked for again until the image is embedded. */
export function useSimilarImages(id: number) {
  return useQuery({
    queryKey: ["similar-images", id],
    queryFn: () =>
      answerOf(api.GET("/api/v1/images/{id}/similar/", { params: { path: { id: String(id) } } })),
    refetchInterval: ({ state }) => (state.data?.embedded === false ? ENDING_MS : false),
  });
}

export function useEmbedImages(project: string) {
  return useMutation({
    mutationFn: () => answerOf(api.POST("/api/v1/images/embed/", { body: { project } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["jobs", project] }),
  });
}

export function useWithdrawImage(id: number) {
  return useMutation({
    mutationFn: (reason: string) =>
      answerOf(
        api.POST("/api/v1/images/{id}/withdraw/", { params: { path: { id: String(id) } }, body: { reason } }),
      ),
    onSettled: () =>
      Promise.all(
        [["images"], ["image", id], ["image-history", id]].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
