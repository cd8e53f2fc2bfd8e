/** The people of a project: inviting, roles, pausing, removing. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Member = Schemas["Member"];
export type Role = Schemas["Role"];
export type Invited = Schemas["Invited"];
export type Invite = Schemas["InviteRequest"];
export type MemberChange = Schemas["PatchedChangeMemberRequest"];

export function useMembers(project: string) {
  return useQuery({
    queryKey: ["members", project],
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/members/", { params: { path: { slug: project } } })),
  });
}

const refresh = (project: string) => () =>
  Promise.all(
    ["members", "cohorts", "invitations"].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name, project] }),
    ),
  );

export function useInvite(project: string) {
  return useMutation({
    mutationFn: (body: Invite) =>
      answerOf(api.POST("/api/v1/projects/{slug}/members/", { params: { path: { slug: project } }, body })),
    onSuccess: refresh(project),
  });
}

/** What they hold goes to others; their captions stay. */
export function useRemoveMember(project: string) {
  return useMutation({
    mutationFn: (username: string) =>
      answerOf(
        api.DELETE("/api/v1/projects/{slug}/members/{username}/", {
          params: { path: { slug: project, username } },
        }),
      ),
    onSettled: refresh(project),
  });
}

export function useChangeMember(project: string) {
  return useMutation({
    mutationFn: ({ username, ...body }: MemberChange & { username: string }) =>
      answerOf(
        api.PATCH("/api/v1/projects/{slug}/members/{username}/", {
          params: { path: { slug: project, username } },
          body,
        }),
      ),
    onSettled: refresh(project),
  });
}
