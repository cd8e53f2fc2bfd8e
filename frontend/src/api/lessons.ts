/** The practice pictures that a project has chosen. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";

export type OwnLesson = Schemas["Lesson"];
export type NewLesson = Schemas["NewLessonRequest"];

const keyOf = (project: string) => ["lessons", project];

export function useLessons(project: string) {
  return useQuery({
    queryKey: keyOf(project),
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/lessons/", { params: { path: { slug: project } } })),
  });
}

/** All of them, in the place of those before. */
export function useChangeLessons(project: string) {
  return useMutation({
    mutationFn: (lessons: NewLesson[]) =>
      answerOf(
        api.PUT("/api/v1/projects/{slug}/lessons/", {
          params: { path: { slug: project } },
          body: { lessons },
        }),
      ),
    onSuccess: (lessons) => queryClient.setQueryData(keyOf(project), lessons),
  });
}
