/** Every version of the guidelines, each as what it changed. */
import { useGuidelinesVersions } from "../api/guidelines";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Difference } from "../ui/Difference";
import { Trouble } from "../ui/Trouble";

export function GuidelinesVersions({ slug }: { readonly slug: string }) {
  const { data, error } = useGuidelinesVersions(slug);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined || data.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t("guidelines.versions")}</h2>
      {data.map((version, index) => (
        <details key={version.number}>
          <summary>
            {t("guidelines.version", { number: version.number })}{" "}
            <span className="muted small">
              {moment(version.created_at)} {version.author}
            </span>{" "}
            {version.note}
          </summary>
          <Difference before={data[index + 1]?.text ?? ""} after={version.text} />
        </details>
      ))}
    </section>
  );
}
