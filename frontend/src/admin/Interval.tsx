/** A difference with its 95 % interval, in numbers and as a bar about zero; one that excludes zero stands out. */
import type { Measured } from "../api/reports";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";

const WIDTH = 140;

export function Interval({ measured }: { readonly measured: Measured | undefined }) {
  if (measured === undefined || measured.mean === null) return <span className="muted">–</span>;
  const { mean, low, high } = measured;
  if (low === null || high === null) return <span>{signed(mean)}</span>;
  const reach = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1.1;
  const x = (value: number): number => (value / reach + 1) * (WIDTH / 2);
  const clear = low > 0 || high < 0;
  return (
    <span className={clear ? "interval clear" : "interval"}>
      <svg viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
        <line x1={WIDTH / 2} y1="0" x2={WIDTH / 2} y2="14" />
        <rect x={x(low)} y="5" width={Math.max(x(high) - x(low), 1)} height="4" />
        <circle cx={x(mean)} cy="7" r="4" />
      </svg>
      {t("arms.interval", { mean: signed(mean), low: signed(low), high: signed(high) })}
    </span>
  );
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${number(value, 2)}`;
}
