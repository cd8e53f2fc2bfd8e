/** Where an import is, in a word. */
import type { ImportState } from "../api/imports";
import { t } from "../i18n/translate";

const LOOK: Partial<Record<ImportState, string>> = {
  finished: "good",
  unreadable: "bad",
  stopped: "bad",
  inspecting: "busy",
  importing: "busy",
};

export function StateBadge({ state }: { readonly state: ImportState }) {
  return <span className={`badge ${LOOK[state] ?? ""}`}>{t(`importState.${state}`)}</span>;
}
