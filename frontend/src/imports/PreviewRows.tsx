/** The first rows as they would be imported, and what was left out of an archive. */
import type { Import } from "../api/imports";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

export type Preview = NonNullable<Import["preview"]>;

export function PreviewRows({ preview }: { readonly preview: Preview }) {
  return (
    <>
      <ScrollX>
        <table className="import-rows">
          <thead>
            <tr>
              <th className="number">{t("imports.row")}</th>
              <th>{t("imports.image")}</th>
              <th>{t("imports.altTexts")}</th>
              <th>{t("imports.split")}</th>
              <th>{t("imports.captions")}</th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.row}>
                <td className="number">{row.row}</td>
                <td className="source">
                  {row.name}
                  {row.picture === "missing" && (
                    <>
                      {" "}
                      <span className="badge bad">{t("imports.picture.missing")}</span>
                    </>
                  )}
                </td>
                {row.problem === "" ? (
                  <>
                    <td dir="auto">{row.alt_texts.join(" · ")}</td>
                    <td>{row.split}</td>
                    <td dir="auto">
                      {Object.entries(row.captions).map(([round, text]) => (
                        <div key={round}>
                          <span className="muted">{t("round.name", { number: Number(round) })}:</span> {text}
                        </div>
                      ))}
                    </td>
                  </>
                ) : (
                  <td colSpan={3}>
                    <span className="badge bad">{row.problem}</span>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {preview.rows.length === 0 && <p className="note warn">{t("imports.noRows")}</p>}
      {preview.skipped_count > 0 && (
        <div className="note warn small">
          {t("imports.skipped", { count: preview.skipped_count })}
          <ul>
            {preview.skipped.map(({ name, reason }) => (
              <li key={name}>
                <code>{name}</code> {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {Object.entries(preview.names_read).map(([encoding, count]) => (
        <p className="note small" key={encoding}>
          {t("imports.namesRead", { count, encoding })}
        </p>
      ))}
    </>
  );
}
