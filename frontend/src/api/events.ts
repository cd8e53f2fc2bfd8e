/** The audit log of a project. */
import { useInfiniteQuery } from "@tanstack/react-query";

import { answerOf, api, cursorOf, type Schemas } from "./client";

export type AuditEvent = Schemas["Event"];

/** What to show: all of the project's, or those of one person, kind of object, object or verb. Empty: any. */
export interface EventFilter {
  readonly actor: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly verb: string;
}

export function useEvents(project: string, filter: EventFilter) {
  return useInfiniteQuery({
    queryKey: ["events", project, filter],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) => {
      const given = Object.entries({ project, cursor, ...filter }).filter(([, value]) => value !== "");
      return answerOf(api.GET("/api/v1/events/", { params: { query: Object.fromEntries(given) } }));
    },
    getNextPageParam: ({ next }) => cursorOf(next ?? null),
  });
}
