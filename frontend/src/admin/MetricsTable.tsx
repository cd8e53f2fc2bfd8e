/** How good the run's captions are, with and without the alt-text, beside the alt-text itself. */
import type { Evaluation } from "../api/runs";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

interface Props {
  readonly evaluations: readonly Evaluation[];
  readonly gateMetric: string;
}

const SOURCES = ["alt_text", "without_alt", "with_alt"] as const;
/** In the order of the paper's table; what else was measured follows. */
const ORDER = ["clip_score", "bleu", "meteor", "rouge_l", "cider", "np_precision", "np_recall", "np_f1"];

export function MetricsTable({ evaluations, gateMetric }: Props) {
  const whole = evaluations.filter(({ slice }) => slice === "");
  const rows = SOURCES.flatMap((source) => whole.filter((each) => each.source === source));
  const measured = new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)));
  measured.delete("rows");
  const metrics = [
    ...ORDER.filter((name) => measured.has(name)),
    ...[...measured].filter((name) => !ORDER.includes(name)),
  ];
  return (
    <ScrollX>
      <table>
        <caption className="muted small">{t("metrics.caption", { count: rows[0]?.row_count ?? 0 })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("metrics.source")}</th>
            {metrics.map((name) => (
              <th scope="col" className="number" key={name}>
                {METRIC_NAMES[name] ?? name}
                {name === gateMetric && <span title={t("metrics.gate")}> ◆</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ source, metrics: values }) => (
            <tr key={source}>
              <th scope="row">{t(`captionSource.${source}`)}</th>
              {metrics.map((name) => (
                <td className="number" key={name}>
                  {shown(values[name], digitsOf(rows, name))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

/** Metrics have the same names in every language. */
const METRIC_NAMES: Record<string, string> = {
  clip_score: "CLIP score",
  bleu: "BLEU",
  meteor: "METEOR",
  rouge_l: "ROUGE-L",
  cider: "CIDEr-D",
  np_precision: "NP precision",
  np_recall: "NP recall",
  np_f1: "NP F1",
  invented_names: "Invented names, %",
  mean_words: "Words",
  cut_off: "Cut off, %",
  looped: "In circles, %",
};

/** As many decimals for the whole column as its largest value calls for. */
function digitsOf(rows: readonly Evaluation[], name: string): number {
  return rows.some(({ metrics }) => Math.abs(metrics[name] ?? 0) >= 10) ? 1 : 3;
}

function shown(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined ? "–" : number(value, digits);
}
