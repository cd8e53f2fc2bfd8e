/** Signing in and one's own account: allauth's API, whose refusals become Problems like our own. */
import { useQuery } from "@tanstack/react-query";

import { t } from "../i18n/translate";

import { answerOf, api } from "./client";
import { Problem, problemFrom } from "./problem";
import { queryClient } from "./queries";
import { type Session, SESSION_KEY } from "./session";

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

interface Flow {
  readonly id: string;
  readonly is_pending?: boolean;
  readonly types?: readonly string[];
}

interface AccountError {
  readonly message: string;
  readonly code: string;
}

/** What allauth says when it does not do what was asked. */
interface Refusal {
  readonly code?: string;
  readonly errors?: readonly AccountError[] | Readonly<Record<string, unknown>>;
  readonly data?: { readonly flows?: readonly Flow[] };
  readonly meta?: { readonly is_authenticated?: boolean };
}

/** The answer's `data`, or the refusal as a Problem: "too_many_login_attempts", "reauthentication-needed" … */
export async function dataOf<Data>(request: Promise<Answer<{ data: Data }>>): Promise<Data> {
  const { data, error, response } = await request;
  if (data === undefined) throw problemOf(response.status, error ?? {});
  return data.data;
}

/** For answers that say no more than that it is done. */
export async function done(request: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await request;
  if (!response.ok) throw problemOf(response.status, error ?? {});
}

function problemOf(status: number, refusal: Refusal): Error {
  // Our own refusals have an object here, which problemFrom understands.
  const errors = Array.isArray(refusal.errors) ? (refusal.errors as AccountError[]) : [];
  const messages = errors.map(({ message }) => message).join(" ");
  if (status === 401 && refusal.meta?.is_authenticated === true) {
    const flows = refusal.data?.flows ?? [];
    return new Problem(status, "reauthentication-needed", messages, {}, { flows });
  }
  if (status === 429) return new Problem(status, "too-many-requests", t("signIn.tooMany"));
  const [first] = errors;
  return first === undefined ? problemFrom(status, refusal) : new Problem(status, first.code, messages);
}

/** Signed in, or the kinds of second factor that have to follow. */
export type Outcome = { readonly session: Session } | { readonly factors: readonly string[] };

/** Makes one step of signing in, then asks where that led. */
export async function step(attempt: () => Promise<Answer<unknown>>): Promise<Outcome> {
  await refreshedSession(); // sets the CSRF cookie that the attempt needs
  const { error, response } = await attempt();
  if (response.ok) return { session: await refreshedSession() };
  const refusal = (error ?? {}) as Refusal;
  const factors = refusal.code === "second-factor-needed" ? await waitingFactors() : pendingFactors(refusal);
  if (factors === undefined) throw problemOf(response.status, refusal);
  return { factors };
}

/** Signs in with the secret of a one-time link. */
export const signInByLink = (link: string) => step(() => api.POST("/api/v1/session/", { body: { link } }));

function pendingFactors(refusal: Refusal | undefined): readonly string[] | undefined {
  const pending = refusal?.data?.flows?.find(
    ({ id, is_pending: isPending }) => isPending && id === "mfa_authenticate",
  );
  return pending?.types;
}

/** Which second factors a sign-in waits for that was begun before this page was opened (at another site, say). */
export async function waitingFactors(): Promise<readonly string[] | undefined> {
  const { error } = await api.GET("/_allauth/browser/v1/auth/session");
  return pendingFactors(error);
}

export async function refreshedSession(): Promise<Session> {
  const session = await answerOf(api.GET("/api/v1/session/"));
  queryClient.setQueryData(SESSION_KEY, session);
  return session;
}

/** How people may sign in here: with other sites, too? */
export function useAccountConfiguration() {
  return useQuery({
    queryKey: ["account", "config"],
    queryFn: () => dataOf(api.GET("/_allauth/browser/v1/config")),
    staleTime: Infinity,
  });
}

/** Leaves for the provider's page; the browser comes back to `next`. */
export async function leaveForProvider(process: "login" | "connect", next: string): Promise<void> {
  await refreshedSession();
  const { address } = await answerOf(api.POST("/api/v1/session/provider/", { body: { process, next } }));
  location.assign(address);
}

export function useAuthenticators() {
  return useQuery({
    queryKey: ["account", "authenticators"],
    queryFn: () => dataOf(api.GET("/_allauth/browser/v1/account/authenticators")),
  });
}

export function useOwnSessions() {
  return useQuery({
    queryKey: ["account", "sessions"],
    queryFn: () => dataOf(api.GET("/_allauth/browser/v1/auth/sessions")),
  });
}

export function useLinkedAccounts() {
  return useQuery({
    queryKey: ["account", "providers"],
    queryFn: () => dataOf(api.GET("/_allauth/browser/v1/account/providers")),
  });
}

/** After a change of the account: everything shown of it is asked for anew. */
export const refreshAccount = () => queryClient.invalidateQueries({ queryKey: ["account"] });
