/** The stage's commands as buttons, for hands that have no keyboard. */
import { t } from "../i18n/translate";
import type { CommandId } from "../keys/table";

import type { StageControl } from "./control";

const TOOLS = [
  "zoomOut",
  "zoomIn",
  "fit",
  "fullSize",
  "rotate",
  "brighten",
] as const satisfies readonly CommandId[];
const SIGNS: Readonly<Record<(typeof TOOLS)[number], string>> = {
  zoomOut: "−",
  zoomIn: "+",
  fit: "⤢",
  fullSize: "1:1",
  rotate: "↻",
  brighten: "☀",
};

export function StageTools({ control }: { readonly control: StageControl }) {
  return (
    <div className="stage-tools" role="toolbar" aria-label={t("section.image")}>
      {TOOLS.map((tool) => (
        <button
          key={tool}
          type="button"
          aria-label={t(`key.${tool}`)}
          title={t(`key.${tool}`)}
          // The caption keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={control[tool]}
        >
          <span aria-hidden="true">{SIGNS[tool]}</span>
        </button>
      ))}
    </div>
  );
}
