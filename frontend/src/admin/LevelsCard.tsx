/** What each level of review decided in a round. */
import { useRoundReport } from "../api/reports";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";
import { levelLabel } from "../review/level_label";
import { ScrollX } from "../ui/ScrollX";

const VERDICTS = ["accepted", "fixed", "returned"] as const;

export function LevelsCard({ round }: { readonly round: number }) {
  const levels = useRoundReport(round).data?.levels ?? [];
  if (levels.every((level) => VERDICTS.every((verdict) => level[verdict] === 0))) return null;
  return (
    <section className="card">
      <h2>{t("levels.title")}</h2>
      <ScrollX>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("levels.level")}</th>
              {VERDICTS.map((verdict) => (
                <th scope="col" className="number" key={verdict}>
                  {t(`work.${verdict}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => (
              <tr key={level.level}>
                <th scope="row" dir="auto">
                  {levelLabel(level.level, level.name)}
                </th>
                {VERDICTS.map((verdict) => (
                  <td className="number" key={verdict}>
                    {number(level[verdict])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
