/** What somebody looks for, as the page's address has it: so it can be shared, and the back button undoes a choice. */
import type { ImageQuery } from "../api/images";

const SPLITS = ["train", "eval"] as const;
export const NUMBERS = ["words_min", "words_max", "score_min", "score_max"] as const;

export interface Filter {
  readonly split: "" | (typeof SPLITS)[number];
  readonly source: string;
  readonly domain: string;
  readonly text: string;
  readonly annotator: string;
  readonly words_min: string;
  readonly words_max: string;
  readonly score_min: string;
  readonly score_max: string;
  readonly flagged: boolean;
  readonly duplicates: boolean;
  readonly withdrawn: boolean;
  readonly cluster: string;
}

export function filterFrom(search: string): Filter {
  const said = new URLSearchParams(search);
  return {
    split: SPLITS.find((split) => split === said.get("split")) ?? "",
    source: said.get("source") ?? "",
    domain: said.get("domain") ?? "",
    text: said.get("text") ?? "",
    annotator: said.get("annotator") ?? "",
    words_min: numberIn(said, "words_min"),
    words_max: numberIn(said, "words_max"),
    score_min: numberIn(said, "score_min"),
    score_max: numberIn(said, "score_max"),
    flagged: said.get("flagged") === "1",
    duplicates: said.get("duplicates") === "1",
    withdrawn: said.get("withdrawn") === "1",
    cluster: /^\d+$/.exec(said.get("cluster") ?? "")?.[0] ?? "",
  };
}

function numberIn(said: URLSearchParams, name: string): string {
  return /^\d{1,9}(\.\d{1,9})?$/.exec(said.get(name) ?? "")?.[0] ?? "";
}

/** "?split=eval", or empty when everything is wanted. */
export function searchOf(filter: Partial<Filter>): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value === true) said.set(name, "1");
    else if (typeof value === "string" && value !== "") said.set(name, value);
  }
  const text = said.toString();
  return text === "" ? "" : `?${text}`;
}

export function queryOf(project: string, filter: Filter): ImageQuery {
  const { split, source, domain, text, annotator, flagged, duplicates, withdrawn, cluster } = filter;
  return {
    project,
    ...(split === "" ? {} : { split }),
    ...(source === "" ? {} : { source }),
    ...(domain === "" ? {} : { domain }),
    ...(text === "" ? {} : { text }),
    ...(annotator === "" ? {} : { annotator }),
    ...Object.fromEntries(
      NUMBERS.flatMap((name) => (filter[name] === "" ? [] : [[name, Number(filter[name])]])),
    ),
    ...(flagged ? { flagged } : {}),
    ...(duplicates ? { duplicates } : {}),
    ...(withdrawn ? { withdrawn } : {}),
    ...(cluster === "" ? {} : { cluster: Number(cluster) }),
  };
}
