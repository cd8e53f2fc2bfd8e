/** Which column means what: the guess, with a value of a first row, and a choice. */
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

import type { Preview } from "./PreviewRows";

interface Props {
  readonly columns: Preview["columns"];
  readonly meanings: readonly string[];
  /** Column → meaning, where a person said another one than was guessed. */
  readonly said: Readonly<Record<string, string>>;
  readonly onSay: (said: Record<string, string>) => void;
}

const ROUND = /^round\d+$/;

export function ColumnsTable({ columns, meanings, said, onSay }: Props) {
  const rounds = columns.map(({ field }) => field).filter((field) => ROUND.test(field));
  const choices = [...new Set([...meanings, ...rounds, "round1", "round2", "round3"])];
  const say = (column: Preview["columns"][number], meaning: string): void => {
    const others = Object.entries(said).filter(([name]) => name !== column.name);
    onSay(Object.fromEntries(meaning === column.field ? others : [...others, [column.name, meaning]]));
  };
  return (
    <ScrollX>
      <table>
        <thead>
          <tr>
            <th>{t("imports.column")}</th>
            <th>{t("imports.meaning")}</th>
            <th>{t("imports.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.name}>
              <td>
                <code>{column.name}</code>
              </td>
              <td>
                <select
                  aria-label={t("imports.meaningOf", { column: column.name })}
                  value={said[column.name] ?? column.field}
                  onChange={({ target }) => say(column, target.value)}
                >
                  {column.field === "" && <option value="">{t("imports.notUsed")}</option>}
                  {choices.map((choice) => (
                    <option key={choice} value={choice}>
                      {choice === "ignore" ? t("imports.notUsed") : choice}
                    </option>
                  ))}
                </select>
                {column.spare !== "" && said[column.name] === undefined && (
                  <div className="muted">{t("imports.onlyWhereEmpty", { column: column.spare })}</div>
                )}
              </td>
              <td className="cut muted" dir="auto">
                {column.sample}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
