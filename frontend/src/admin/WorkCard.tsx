/** Each person's work in a round beside the others': pace, what they changed, verdicts, checks, alarms. */
import { type PersonsWork, usePeopleReport } from "../api/reports";
import { duration, number, percent } from "../i18n/format";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

export function WorkCard({ round }: { readonly round: number }) {
  const people = usePeopleReport(round);
  return (
    <section className="card">
      <h2>{t("work.title")}</h2>
      {people.isPending && <Skeleton heights={[120]} />}
      {people.isError && <Trouble error={people.error} onRetry={() => void people.refetch()} />}
      {people.data?.length === 0 && <p className="muted">{t("work.none")}</p>}
      {people.data?.flatMap(({ username, alarms }) =>
        alarms.map((alarm) => (
          <p className="note warn" key={`${username}-${alarm}`}>
            <strong>{username}:</strong> {alarm}
          </p>
        )),
      )}
      {people.data !== undefined && people.data.length > 0 && <WorkTable people={people.data} />}
    </section>
  );
}

const COLUMNS = [
  "captions",
  "pace",
  "words",
  "unchanged",
  "too_fast",
  "pasted",
  "accepted",
  "returned",
  "fixed",
  "checks",
] as const;

function WorkTable({ people }: { readonly people: readonly PersonsWork[] }) {
  return (
    <ScrollX>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("people.name")}</th>
            {COLUMNS.map((column) => (
              <th scope="col" className="number" key={column}>
                {t(`work.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((work) => (
            <tr key={work.username}>
              <th scope="row">{work.username}</th>
              {COLUMNS.map((column) => (
                <td className="number" key={column}>
                  {cell(work, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

const NOTHING = "–";

function cell(work: PersonsWork, column: (typeof COLUMNS)[number]): string {
  const share = (value: number | null): string => (value === null ? NOTHING : percent(value));
  switch (column) {
    case "pace":
      return work.seconds === null ? NOTHING : duration(work.seconds);
    case "words":
      return number(work.words);
    case "unchanged":
    case "too_fast":
      return share(work[column]);
    case "pasted":
      return share(work.pasted_share);
    case "checks":
      return work.checks === 0
        ? NOTHING
        : t("work.checksPassed", { passed: work.checks_passed, checks: work.checks });
    default:
      return number(work[column]);
  }
}
