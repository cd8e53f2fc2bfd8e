/** The training loss over the steps, with its first, last and lowest value written out. */
import { number } from "../i18n/format";
import { t } from "../i18n/translate";

import type { LossPoint } from "./report";

const WIDTH = 560;
const HEIGHT = 120;

export function LossCurve({ points }: { readonly points: readonly LossPoint[] }) {
  const steps = points.map(({ step }) => step);
  const losses = points.map(({ loss }) => loss);
  const [firstStep, lastStep] = [Math.min(...steps), Math.max(...steps)];
  const highest = Math.max(...losses);
  const lowest = Math.min(...losses);
  const x = (step: number): number => ((step - firstStep) / Math.max(lastStep - firstStep, 1)) * WIDTH;
  const y = (loss: number): number => HEIGHT - (loss / Math.max(highest, 1e-9)) * (HEIGHT - 4);
  const path = points.map(({ step, loss }) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`).join(" ");
  return (
    <figure className="loss-curve">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t("runs.loss")}
        preserveAspectRatio="none"
      >
        <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} />
        <polyline points={path} />
      </svg>
      <figcaption className="muted small">
        {t("runs.lossValues", {
          first: number(losses[0] ?? 0, 2),
          last: number(losses.at(-1) ?? 0, 2),
          lowest: number(lowest, 2),
          steps: lastStep,
        })}
      </figcaption>
    </figure>
  );
}
