/** What a round tells: its arms, its convergence, its people, their agreement. */
import { useQuery } from "@tanstack/react-query";

import { answerOf, api, type Schemas } from "./client";

export type RoundReport = Schemas["RoundReport"];
export type Measured = Schemas["Measured"];
export type Convergence = Schemas["Convergence"];
export type PersonsWork = Schemas["PersonsWork"];
export type Agreement = Schemas["Agreement"];

const path = (id: number) => ({ params: { path: { id: String(id) } } });

export function useRoundReport(id: number) {
  return useQuery({
    queryKey: ["round-report", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/report/", path(id))),
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

export function useAgreement(id: number) {
  return useQuery({
    queryKey: ["round-agreement", id],
    queryFn: () => answerOf(api.GET("/api/v1/rounds/{id}/agreement/", path(id))),
  });
}
