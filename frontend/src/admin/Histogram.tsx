/** How many of something lie in each of equally wide ranges, as bars with their numbers. */
import { number } from "../i18n/format";

interface Props {
  readonly label: string;
  readonly counts: readonly number[];
  /** What the range of a bar is called. */
  readonly nameOf: (index: number) => string;
}

const WIDTH = 520;
const HEIGHT = 120;
const ROOM = 18;

export function Histogram({ label, counts, nameOf }: Props) {
  const most = Math.max(...counts, 1);
  const step = WIDTH / counts.length;
  return (
    <figure className="histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 2 * ROOM}`} role="img" aria-label={label}>
        {counts.map((count, index) => {
          const height = (count / most) * HEIGHT;
          const middle = (index + 0.5) * step;
          return (
            <g key={nameOf(index)}>
              <rect
                x={index * step + 3}
                y={ROOM + HEIGHT - height}
                width={step - 6}
                height={Math.max(height, 1)}
              />
              <text x={middle} y={ROOM + HEIGHT - height - 4}>
                {number(count)}
              </text>
              <text x={middle} y={2 * ROOM + HEIGHT - 4} className="axis">
                {nameOf(index)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
