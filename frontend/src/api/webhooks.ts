/** A project's webhooks and what was sent to them. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { queryClient } from "./queries";
import { ENDING_MS } from "./watching";

export type Webhook = Schemas["Webhook"];
export type WebhookVerb = Webhook["verbs"][number];
export type Delivery = Schemas["Delivery"];

const keyOf = (project: string) => ["webhooks", project];
const refresh = (project: string) => () => queryClient.invalidateQueries({ queryKey: keyOf(project) });

export function useWebhooks(project: string) {
  return useQuery({
    queryKey: keyOf(project),
    queryFn: () =>
      answerOf(api.GET("/api/v1/projects/{slug}/webhooks/", { params: { path: { slug: project } } })),
  });
}

/** Asked for again every few seconds: a message is sent soon after it was put down. */
export function useDeliveries(project: string, webhook: string) {
  return useQuery({
    queryKey: [...keyOf(project), webhook],
    refetchInterval: ENDING_MS,
    queryFn: () =>
      answerOf(
        api.GET("/api/v1/projects/{slug}/webhooks/{webhook}/deliveries/", {
          params: { path: { slug: project, webhook } },
        }),
      ),
  });
}

export function useAddWebhook(project: string) {
  return useMutation({
    mutationFn: (body: { url: string; verbs: WebhookVerb[] }) =>
      answerOf(api.POST("/api/v1/projects/{slug}/webhooks/", { params: { path: { slug: project } }, body })),
    onSettled: refresh(project),
  });
}

export function useChangeWebhook(project: string, webhook: string) {
  return useMutation({
    mutationFn: (body: { is_active: boolean }) =>
      answerOf(
        api.PATCH("/api/v1/projects/{slug}/webhooks/{webhook}/", {
          params: { path: { slug: project, webhook } },
          body,
        }),
      ),
    onSettled: refresh(project),
  });
}

export function useRenewSecret(project: string, webhook: string) {
  return useMutation({
    mutationFn: (graceHours: number) =>
      answerOf(
        api.POST("/api/v1/projects/{slug}/webhooks/{webhook}/secret/", {
          params: { path: { slug: project, webhook } },
          body: { grace_hours: graceHours },
        }),
      ),
    onSettled: refresh(project),
  });
}

export function useRemoveWebhook(project: string, webhook: string) {
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE("/api/v1/projects/{slug}/webhooks/{webhook}/", {
          params: { path: { slug: project, webhook } },
        }),
      ),
    onSettled: refresh(project),
  });
}

export function useTestWebhook(project: string, webhook: string) {
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST("/api/v1/projects/{slug}/webhooks/{webhook}/test/", {
          params: { path: { slug: project, webhook } },
        }),
      ),
    onSettled: refresh(project),
  });
}

export function useSendAgain(project: string, webhook: string) {
  return useMutation({
    mutationFn: (delivery: string) =>
      answerOf(
        api.POST("/api/v1/projects/{slug}/webhooks/{webhook}/deliveries/{delivery}/", {
          params: { path: { slug: project, webhook, delivery } },
        }),
      ),
    onSettled: refresh(project),
  });
}
