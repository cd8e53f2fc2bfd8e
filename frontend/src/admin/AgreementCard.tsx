/** Where several people captioned one image: how far they agree, per pair and per person. */
import { type Agreement, type PeopleAgreement, type Measured, useAgreement } from "../api/reports";
import { number, percent } from "../i18n/format";
import { t } from "../i18n/translate";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

export function AgreementCard({ round }: { readonly round: number }) {
  const agreement = useAgreement(round);
  return (
    <section className="card">
      <h2>{t("agreement.title")}</h2>
      {agreement.isPending && <Skeleton heights={[120]} />}
      {agreement.isError && <Trouble error={agreement.error} onRetry={() => void agreement.refetch()} />}
      {agreement.data?.images === 0 && <p className="muted">{t("agreement.none")}</p>}
      {agreement.data !== undefined && agreement.data.images > 0 && <Figures agreement={agreement.data} />}
    </section>
  );
}

function Figures({ agreement }: { readonly agreement: Agreement }) {
  const { words, meaning, words_alpha: wordsAlpha, concept_alpha: conceptAlpha } = agreement;
  const { concept_agreement: concepts, second_looks_alike: looksAlike } = agreement;
  const facts: readonly (readonly [string, string | null])[] = [
    [t("agreement.images"), number(agreement.images)],
    [t("agreement.words"), withInterval(words, percent)],
    [t("agreement.meaning"), withInterval(meaning, percent)],
    [t("agreement.wordsAlpha"), wordsAlpha === null ? null : number(wordsAlpha, 2)],
    [
      t("agreement.concepts", { count: agreement.concepts_compared }),
      concepts === null ? null : percent(concepts),
    ],
    [t("agreement.alpha"), withInterval(conceptAlpha, (value) => number(value, 2))],
    [
      t("agreement.secondLooks", { count: agreement.second_looks }),
      looksAlike === null ? null : percent(looksAlike),
    ],
  ];
  return (
    <>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p className="muted small">{t("agreement.about")}</p>
      <div className="side-by-side">
        <AmongPeople title={t("agreement.person")} rows={agreement.by_person} />
        <AmongPeople title={t("agreement.pair")} rows={agreement.by_pair} />
      </div>
    </>
  );
}

function withInterval(measured: Measured | null, show: (value: number) => string): string | null {
  if (measured?.mean == null) return null;
  const { mean, low, high } = measured;
  if (low === null || high === null) return show(mean);
  return t("arms.interval", { mean: show(mean), low: show(low), high: show(high) });
}

function AmongPeople({ title, rows }: { readonly title: string; readonly rows: readonly PeopleAgreement[] }) {
  const measured = rows.some(({ meaning }) => meaning !== null);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t("agreement.words")}</th>
          {measured && <th scope="col">{t("agreement.meaning")}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ people, comparisons, words, meaning }) => {
          const name = people.join(" · ");
          return (
            <tr key={name}>
              <th scope="row">{t("agreement.compared", { people: name, count: comparisons })}</th>
              <td>
                <meter min={0} max={1} value={words} aria-label={name} /> {percent(words)}
              </td>
              {measured && <td>{meaning === null ? "–" : percent(meaning)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
