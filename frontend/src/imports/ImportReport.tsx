/** What became of the rows: counted, by reason, the first ones by name, all of them as a file. */
import type { Import } from "../api/imports";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

import { Account } from "./Account";

export type Report = NonNullable<Import["report"]>;

interface Props {
  readonly import_: Import;
  readonly report: Report;
}

const COUNTS = ["imported", "already_there", "refused", "alt_texts", "captions", "joined_clusters"] as const;

export function ImportReport({ import_, report }: Props) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t("imports.report")}</h2>
        <a href={`/api/v1/imports/${import_.id}/rows/`} download>
          {t("imports.allRows")}
        </a>
      </div>
      {import_.state === "finished" && nothingCameIn(report) && (
        <p className="note bad" role="alert">
          {t("imports.nothingCameIn")}
        </p>
      )}
      <dl className="facts">
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`imports.count.${name}`)}</dt>
            <dd>{number(report[name])}</dd>
          </div>
        ))}
      </dl>
      {report.reasons.length > 0 && (
        <>
          <h3>{t("imports.reasons")}</h3>
          <table className="reasons">
            <tbody>
              {report.reasons.map(({ reason, count, example }) => (
                <tr key={reason}>
                  <td className="number">{number(count)}</td>
                  <td>
                    {reason}
                    {example !== "" && (
                      <div className="muted small" dir="auto">
                        {t("imports.example", { example })}
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {report.account.length > 0 && (
        <>
          <h3>{t("imports.account")}</h3>
          <Account pages={report.account} />
        </>
      )}
      <Rows title={t("imports.firstRefused")} rows={report.refusals} />
      <Rows title={t("imports.notes")} rows={report.notes} />
    </section>
  );
}

function nothingCameIn({ imported, already_there: there, alt_texts: texts, captions }: Report): boolean {
  return imported + there + texts + captions === 0;
}

function Rows({ title, rows }: { readonly title: string; readonly rows: Report["refusals"] }) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ScrollX>
        <table>
          <tbody>
            {rows.map(({ row, name, reason }, index) => (
              <tr key={index}>
                <td className="number">{row}</td>
                <td className="source">{name}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </details>
  );
}
