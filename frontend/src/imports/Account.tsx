/** The ledger of a source: of each kind of its parts how many are used, and why others are not. */
import type { Import } from "../api/imports";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

export type Pages = NonNullable<Import["preview"]>["account"];

export function Account({ pages }: { readonly pages: Pages }) {
  if (pages.length === 0) return null;
  return (
    <ScrollX>
      <table className="account">
        <thead>
          <tr>
            <th />
            <th className="number">{t("imports.accountUsed")}</th>
            <th className="number">{t("imports.accountLeft")}</th>
            <th>{t("imports.accountWhy")}</th>
          </tr>
        </thead>
        <tbody>
          {pages.map((page) => (
            <tr key={page.kind}>
              <th scope="row">{t(`imports.accountKind.${page.kind}`)}</th>
              <td className="number">{number(page.used)}</td>
              <td className="number">{number(page.left)}</td>
              <td>
                {page.reasons.map((left) => (
                  <Left key={left.reason} left={left} alone={page.reasons.length === 1} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

interface LeftProps {
  readonly left: Pages[number]["reasons"][number];
  readonly alone: boolean;
}

function Left({ left: { count, reason, example }, alone }: LeftProps) {
  return (
    <div>
      {!alone && <>{number(count)} × </>}
      {reason}
      {example !== "" && (
        <div className="muted small" dir="auto">
          {t("imports.example", { example })}
        </div>
      )}
    </div>
  );
}
