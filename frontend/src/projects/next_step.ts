/** What a person can do next in a project, by their role. */
import type { Project } from "../api/projects";
import type { MessageKey } from "../i18n/translate";

export interface NextStep {
  readonly label: MessageKey;
  readonly href: string;
}

/** The most useful things first. */
export function nextSteps({ slug, role, paused, current_round: round }: Project): NextStep[] {
  const steps: NextStep[] = [];
  if (paused) return steps;
  if (round?.state === "open") {
    steps.push({ label: "next.annotate", href: `/annotate/${round.id}` });
    if (role !== "annotator") steps.push({ label: "next.review", href: `/review/${round.id}` });
  }
  if (role === "admin") steps.push({ label: "next.run", href: `/projects/${slug}` });
  return steps;
}

/** Why there is nothing for an annotator to do, or null. */
export function waitingReason({ paused, current_round: round }: Project): MessageKey | null {
  if (paused) return "next.paused";
  if (round === null) return "next.notStarted";
  return round.state === "open" ? null : "next.between";
}
