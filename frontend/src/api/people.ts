/** The people of the whole site, for its owners. */
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";

import { answerOf, api, cursorOf, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Person = Schemas["Person"];

const refresh = () => queryClient.invalidateQueries({ queryKey: ["people"] });

export function usePeople(search: string) {
  return useInfiniteQuery({
    queryKey: ["people", search],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) => {
      const given = Object.entries({ search, cursor }).filter(([, value]) => value !== "");
      return answerOf(api.GET("/api/v1/people/", { params: { query: Object.fromEntries(given) } }));
    },
    getNextPageParam: ({ next }) => cursorOf(next ?? null),
  });
}

export function useChangePerson(username: string) {
  return useMutation({
    mutationFn: (isActive: boolean) =>
      answerOf(
        api.PATCH("/api/v1/people/{username}/", {
          params: { path: { username } },
          body: { is_active: isActive },
        }),
      ),
    onSettled: refresh,
  });
}

export function useEndSessions(username: string) {
  return useMutation({
    mutationFn: () =>
      answerOf(api.DELETE("/api/v1/people/{username}/sessions/", { params: { path: { username } } })),
  });
}

export function useResetSecondFactor(username: string) {
  return useMutation({
    mutationFn: () =>
      answerOf(api.DELETE("/api/v1/people/{username}/second-factor/", { params: { path: { username } } })),
    onSettled: refresh,
  });
}

export function useMakeSignInLink(username: string) {
  return useMutation({
    mutationFn: () =>
      answerOf(api.POST("/api/v1/people/{username}/sign-in-link/", { params: { path: { username } } })),
  });
}
