/** Who is signed in. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Session = Schemas["Session"];
export type User = NonNullable<Session["user"]>;

const KEY = ["session"];

export function useSession() {
  return useQuery({ queryKey: KEY, queryFn: () => answerOf(api.GET("/api/v1/session/")), staleTime: 60_000 });
}

/** Signs in with the secret of a one-time link. */
export async function signIn(link: string): Promise<Session> {
  // The GET sets the CSRF cookie that the POST needs.
  await answerOf(api.GET("/api/v1/session/"));
  const session = await answerOf(api.POST("/api/v1/session/", { body: { link } }));
  queryClient.setQueryData(KEY, session);
  return session;
}

export async function signOut(): Promise<void> {
  await answerOf(api.DELETE("/api/v1/session/"));
  queryClient.clear();
}

/** The secret in what a person pasted: the link or the secret alone. */
export function secretIn(pasted: string): string {
  const trimmed = pasted.trim().replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}
