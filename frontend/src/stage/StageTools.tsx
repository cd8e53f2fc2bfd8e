/** The stage's commands as buttons, for hands that have no keyboard. */
import { t } from "../i18n/translate";

import { STAGE_TOOLS } from "./commands";
import type { StageControl } from "./control";

export function StageTools({ control }: { readonly control: StageControl }) {
  return (
    <div className="stage-tools" role="toolbar" aria-label={t("section.image")}>
      {STAGE_TOOLS.map(({ id, label, sign, perform }) => (
        <button
          key={id}
          type="button"
          aria-label={t(label)}
          title={t(label)}
          // The caption keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => perform({ control, hasPicture: true })}
        >
          <span aria-hidden="true">{sign}</span>
        </button>
      ))}
    </div>
  );
}
