/** How far the reviewer is through what waits, and at which levels of review it does. */
import type { ReactNode } from "react";

import { t } from "../i18n/translate";

interface Props {
  readonly left: number;
  readonly decided: number;
  /** How many wait at each level, by its name. */
  readonly levels?: ReadonlyMap<string, number>;
  readonly children?: ReactNode;
}

export function QueueProgress({ left, decided, levels = new Map(), children }: Props) {
  return (
    <div className="queue-progress small">
      <span className="badge">{t("review.left", { count: left })}</span>
      <progress aria-label={t("review.progress")} value={decided} max={decided + left} />
      <span className="muted">
        {[
          t("review.decided", { count: decided }),
          ...Array.from(levels, ([level, count]) => t("review.atLevel", { level, count })),
        ].join(" · ")}
      </span>
      {children}
    </div>
  );
}
