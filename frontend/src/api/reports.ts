/** What a round tells: its arms, its convergence, its people, their agreement. */
import { useMutation, useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";
import { ENDING_MS } from "./watching";

export type RoundReport = Schemas["RoundReport"];
export type Measured = Schemas["Measured"];
export type PeopleAgreement = Schemas["PeopleAgreement"];
export type Convergence = Schemas["Convergence"];
export type PersonsWork = Schemas["PersonsWork"];
export type Agreement = Schemas["Agreement"];

const path = (id: number) => ({ params: { path: { id: String(id) } } });

/** `watched`: asked for again and again until every caption is measured. */
export function useRoundReport(id: number, watched = false) {
  return useQuery({
    queryKey: ["round-report", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/report/", path(id))),
    refetchInterval: ({ state }) => (watched && (state.data?.unmeasured ?? 0) > 0 ? ENDING_MS : false),
  });
}

export function useConvergence(id: number) {
  return useQuery({
    queryKey: ["round-convergence", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/convergence/", path(id))),
  });
}

export function usePeopleReport(id: number) {
  return useQuery({
    queryKey: ["round-people", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/people/", path(id))),
  });
}

/** Asked for anew when more captions are measured. */
export function useAgreement(id: number) {
  const unmeasured = useRoundReport(id).data?.unmeasured;
  return useQuery({
    queryKey: ["round-agreement", id, unmeasured],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/agreement/", path(id))),
  });
}

/** Has a worker of the captioner compare the round's captions with their images and with each other. */
export function useMeasureCaptions(id: number) {
  return useMutation({
    mutationFn: () => answerOf(api.POST("/api/v1/rounds/{id}/measure/", path(id))),
  });
}
