/** Open invitations: a project's, and one's own. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { SESSION_KEY } from "./session";

export type Invitation = Schemas["Invitation"];
export type OwnInvitation = Schemas["OwnInvitation"];

const OWN_KEY = ["invitations"];

export function useOwnInvitations() {
  return useQuery({ queryKey: OWN_KEY, queryFn: () => answerOf(api.GET("/api/v1/invitations/")) });
}

/** A membership changes what is shown nearly everywhere. */
export function useAnswerInvitation() {
  return useMutation({
    mutationFn: async ({ id, accepts }: { id: number; accepts: boolean }) => {
      const address = { params: { path: { id: String(id) } } };
      await answerOf(
        accepts
          ? api.POST("/api/v1/invitations/{id}/accept/", address)
          : api.POST("/api/v1/invitations/{id}/decline/", address),
      );
    },
    onSettled: () =>
      Promise.all(
        [OWN_KEY, ["projects"], SESSION_KEY].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      ),
  });
}

export function useProjectInvitations(project: string) {
  return useQuery({
    queryKey: ["invitations", project],
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/invitations/", { params: { path: { slug: project } } })),
  });
}

export function useWithdrawInvitation(project: string) {
  return useMutation({
    mutationFn: async (username: string) => {
      await answerOf(
        api.DELETE("/api/v1/projects/{slug}/invitations/{username}/", {
          params: { path: { slug: project, username } },
        }),
      );
    },
    onSettled: () =>
      Promise.all(
        ["invitations", "members"].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name, project] }),
        ),
      ),
  });
}
