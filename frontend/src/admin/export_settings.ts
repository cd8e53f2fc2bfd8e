/** What an admin chooses for an export, and how it is sent. */
import type { NewExport } from "../api/exports";
import { DEFAULTS } from "../api/request_options";

import { names } from "./launch_settings";

export interface ExportSettings extends Omit<
  NewExport,
  "round" | "format" | "mix" | "splits" | "sources" | "domains"
> {
  /** Only images of this split; all when empty. */
  readonly split: "" | "train" | "eval";
  /** Names of sources and domains, separated by commas; empty for all. */
  readonly sources: string;
  readonly domains: string;
  /** In whole percents; the rest has the alt-text. */
  readonly mixPercent: number;
}

const { format, mix, splits, sources: allSources, domains: allDomains, ...same } = DEFAULTS.NewExportRequest;

export const FIRST_EXPORT_FORMAT = format;

export const FIRST_EXPORT_SETTINGS: ExportSettings = {
  ...same,
  mixPercent: Math.round((mix ?? 1) * 100),
  split: splits[0] ?? "",
  sources: allSources.join(", "),
  domains: allDomains.join(", "),
};

export function asNewExport(
  round: number,
  written: NewExport["format"],
  settings: ExportSettings,
): NewExport {
  const { split, sources, domains, mixPercent, ...asTheyAre } = settings;
  return {
    ...asTheyAre,
    round,
    format: written,
    // Chosen for a format that has been changed again.
    byte_order_mark: asTheyAre.byte_order_mark && written === "csv",
    mix: mixPercent === 100 ? null : mixPercent / 100,
    splits: split === "" ? [] : [split],
    sources: names(sources),
    domains: names(domains),
  };
}
