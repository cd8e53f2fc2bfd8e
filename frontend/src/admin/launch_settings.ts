/** What an admin chooses at launch, and how it is sent. */
import type { Project } from "../api/projects";
import { DEFAULTS } from "../api/request_options";
import type { NewRound } from "../api/rounds";

/** Whom a round is for. Shares are whole percents. */
export type Audience =
  | { readonly kind: "everybody" }
  | { readonly kind: "people"; readonly names: readonly string[] }
  | { readonly kind: "cohorts"; readonly percents: Readonly<Record<string, number>> };

export interface LaunchSettings extends Omit<
  NewRound,
  "project" | "number" | "images" | "people" | "cohorts" | "review_levels" | "review_level_names"
> {
  readonly review_levels: number;
  readonly review_level_names: readonly string[];
  readonly audience: Audience;
  /** Names of sources and domains, separated by commas; empty for all. */
  readonly sources: string;
  readonly domains: string;
  readonly unconvergedOnly: boolean;
  /** So many images by lot; null for all that fit. */
  readonly sample: number | null;
}

/**
 * A proposal, as the text to start from is one: a call that says nothing has nothing reviewed, and who launches their first round
 * here had better see some of it.
 */
const PROPOSED_REVIEW_SHARE = 0.1;

const first = DEFAULTS.NewRoundRequest;

export function firstSettings(
  project: Project,
  number: number,
  hasDrafts: boolean,
  unconvergedOnly: boolean,
): LaunchSettings {
  return {
    starting_text: number === 1 ? "alt_text" : hasDrafts ? "draft" : "previous_caption",
    annotators_per_image: first.annotators_per_image,
    review_share: PROPOSED_REVIEW_SHARE,
    review_levels: project.review_levels,
    review_level_names: project.review_level_names,
    lease_minutes: first.lease_minutes,
    own_previous_allowed: first.own_previous_allowed,
    order: first.order,
    control_share: first.control_share,
    check_share: first.check_share,
    seed: first.seed,
    audience: { kind: "everybody" },
    sources: first.images.sources.join(", "),
    domains: first.images.domains.join(", "),
    unconvergedOnly,
    sample: first.images.sample,
  };
}

export function asNewRound(project: string, number: number, settings: LaunchSettings): NewRound {
  const { audience, sources, domains, unconvergedOnly, sample, ...same } = settings;
  return {
    ...same,
    review_level_names: same.review_level_names.slice(0, same.review_levels),
    control_share: same.starting_text === "draft" ? same.control_share : 0,
    project,
    number,
    people: audience.kind === "people" ? [...audience.names] : [],
    cohorts:
      audience.kind === "cohorts"
        ? Object.entries(audience.percents)
            .filter(([, percent]) => percent > 0)
            .map(([cohort, percent]) => ({ cohort, share: percent / 100 }))
        : [],
    images: { sources: names(sources), domains: names(domains), unconverged_only: unconvergedOnly, sample },
  };
}

/** What is written between commas. */
export function names(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** What is still missing before the choice of people can be launched, or null. */
export function audienceObstacle(audience: Audience): "launch.nobody" | "launch.sharesOff" | null {
  if (audience.kind === "people") return audience.names.length === 0 ? "launch.nobody" : null;
  if (audience.kind === "everybody") return null;
  const total = Object.values(audience.percents).reduce((sum, percent) => sum + percent, 0);
  return total === 100 ? null : "launch.sharesOff";
}
