/** Who is signed in. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type Session = Schemas["Session"];
export type User = NonNullable<Session["user"]>;

export const SESSION_KEY = ["session"];

const SESSION = {
  queryKey: SESSION_KEY,
  queryFn: () => answerOf(api.GET("/api/v1/session/")),
  staleTime: 60_000,
};

export function useSession() {
  return useQuery(SESSION);
}

/** Asks ahead. A failure is told by the screen, which asks too. */
export async function fetchSession(): Promise<void> {
  await queryClient.query(SESSION).catch(() => undefined);
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
