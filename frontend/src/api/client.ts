/** Typed requests to the server. The types come from its OpenAPI document; a failed request throws Problem or Unreachable. */
import createClient from "openapi-fetch";

import { problemFrom, Unreachable } from "./problem";
import type { components, paths } from "./schema";

type Documented = components["schemas"];

/** What is sent and answered. The server always answers with every field, also those whose default the document names. */
export type Schemas = {
  [Name in keyof Documented]: Name extends `${string}Request` ? Documented[Name] : Whole<Documented[Name]>;
};

type Whole<Value> = Value extends readonly (infer Row)[]
  ? Whole<Row>[]
  : Value extends object
    ? { [Field in keyof Value]-?: Whole<Exclude<Value[Field], undefined>> }
    : Value;

/** A connection that says nothing for so long is taken for dead. */
const PATIENCE_MS = 30_000;

export const api = createClient<paths>({ fetch: send });

/** The answer's body, or the error as an exception: `await answerOf(api.GET(…))`. */
export async function answerOf<Data>(request: Promise<{ data?: Data; error?: unknown; response: Response }>) {
  const { data, error, response } = await request;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as Whole<Exclude<Data, undefined>>;
}

/** Every row of a list, however many pages it has. */
export async function allPages<Row>(
  page: (cursor: string | undefined) => Promise<{ next?: string | null; results: Row[] }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const { next, results } = await page(cursor);
    rows.push(...results);
    cursor = cursorOf(next ?? null);
  } while (cursor !== undefined);
  return rows;
}

/** The cursor in the address of a next page. */
export function cursorOf(next: string | null): string | undefined {
  if (next === null) return undefined;
  return new URL(next, location.origin).searchParams.get("cursor") ?? undefined;
}

async function send(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  // Django gives a new token at each sign-in, so it is read anew each time.
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token !== undefined && request.method !== "GET") headers.set("X-CSRFToken", token);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await fetch(new Request(request, { headers, signal, credentials: "same-origin" }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable(error instanceof Error ? error.message : "no answer");
  }
}
