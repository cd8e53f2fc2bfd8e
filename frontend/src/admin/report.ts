/** Reading a run's report, which is whatever the captioner wrote down: nothing in it is taken for granted. */

export interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

export interface Sample {
  readonly image: string;
  readonly altText: string;
  readonly reference: string;
  readonly withAlt: string;
  readonly withoutAlt: string;
}

type Report = Readonly<Record<string, unknown>>;

/** The training loss, from `losses` or `history`: [[step, loss], …], [{step, loss}, …] or plain losses. */
export function lossCurve(report: Report): LossPoint[] {
  const rows = [report.losses, report.history].find(Array.isArray) as unknown[] | undefined;
  return (rows ?? []).flatMap((row, index) => {
    const [step, loss] = Array.isArray(row)
      ? (row as unknown[])
      : isRecord(row)
        ? [row.step, row.loss]
        : [index, row];
    return typeof step === "number" && typeof loss === "number" && Number.isFinite(loss)
      ? [{ step, loss }]
      : [];
  });
}

export function samples(report: Report): Sample[] {
  const rows: unknown[] = Array.isArray(report.samples) ? report.samples : [];
  return rows.filter(isRecord).map((row) => ({
    image: text(row.image_url ?? row.url),
    altText: text(row.alt_text),
    reference: text(row.reference),
    withAlt: text(row.with_alt),
    withoutAlt: text(row.without_alt),
  }));
}

export function warnings(report: Report): string[] {
  return Array.isArray(report.warnings) ? report.warnings.map(text) : [];
}

/** What was changed of the recipe's schedule for a small set, and why; "" where nothing was. */
export function schedule(report: Report): string {
  return text(report.schedule);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
