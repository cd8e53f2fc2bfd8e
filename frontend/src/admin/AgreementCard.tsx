/** Where several people captioned one image: how far they agree, per pair and per person. */
import { type Agreement, useAgreement } from "../api/reports";
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
  const { similarity, concept_agreement: concepts, concept_alpha: alpha } = agreement;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t("agreement.images")}</dt>
          <dd>{number(agreement.images)}</dd>
        </div>
        {similarity !== null && (
          <div>
            <dt>{t("agreement.words")}</dt>
            <dd>{percent(similarity)}</dd>
          </div>
        )}
        {concepts !== null && (
          <div>
            <dt>{t("agreement.concepts", { count: agreement.concepts_compared })}</dt>
            <dd>{percent(concepts)}</dd>
          </div>
        )}
        {alpha !== null && (
          <div>
            <dt>{t("agreement.alpha")}</dt>
            <dd>{number(alpha, 2)}</dd>
          </div>
        )}
      </dl>
      <div className="side-by-side">
        <Similarities
          title={t("agreement.person")}
          rows={Object.entries(agreement.by_person).map(([name, value]) => [name, value])}
        />
        <Similarities
          title={t("agreement.pair")}
          rows={agreement.pairs.map(({ people, images, similarity: value }) => [
            t("agreement.pairOf", { people: people.join(" · "), images }),
            value,
          ])}
        />
      </div>
    </>
  );
}

interface SimilaritiesProps {
  readonly title: string;
  readonly rows: readonly (readonly [string, number])[];
}

function Similarities({ title, rows }: SimilaritiesProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t("agreement.similarity")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <meter min={0} max={1} value={value} aria-label={name} /> {percent(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
