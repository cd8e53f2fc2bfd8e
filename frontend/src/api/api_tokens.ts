/** One's own keys for programs. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type ApiToken = Schemas["ApiToken"];
export type NewApiToken = Schemas["NewApiTokenRequest"];

const KEY = ["api-tokens"];
const refresh = () => queryClient.invalidateQueries({ queryKey: KEY });

export function useApiTokens() {
  return useQuery({ queryKey: KEY, queryFn: () => answerOf(api.GET("/api/v1/api-tokens/")) });
}

export function useMakeApiToken() {
  return useMutation({
    mutationFn: (body: NewApiToken) => answerOf(api.POST("/api/v1/api-tokens/", { body })),
    onSettled: refresh,
  });
}

export function useRevokeApiToken() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE("/api/v1/api-tokens/{id}/", { params: { path: { id: String(id) } } })),
    onSettled: refresh,
  });
}
