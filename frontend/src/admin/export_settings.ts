/** What an admin chooses for an export, and how it is sent. */
import type { NewExport } from "../api/exports";

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

export const FIRST_EXPORT_SETTINGS: ExportSettings = {
  images: false,
  text: "caption",
  mixPercent: 100,
  mix_seed: 0,
  accepted_only: true,
  control: false,
  byte_order_mark: false,
  split: "",
  sources: "",
  domains: "",
};

export function asNewExport(round: number, format: NewExport["format"], settings: ExportSettings): NewExport {
  const { split, sources, domains, mixPercent, ...same } = settings;
  return {
    ...same,
    round,
    format,
    // Chosen for a format that has been changed again.
    byte_order_mark: same.byte_order_mark && format === "csv",
    mix: mixPercent === 100 ? null : mixPercent / 100,
    splits: split === "" ? [] : [split],
    sources: names(sources),
    domains: names(domains),
  };
}
