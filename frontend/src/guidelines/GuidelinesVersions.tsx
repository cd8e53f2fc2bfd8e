/** Every version of the guidelines, each as what it changed, which is asked for when it is opened. */
import { useState } from "react";

import { type GuidelinesVersion, useGuidelinesText, useGuidelinesVersions } from "../api/guidelines";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { MoreButton } from "../ui/MoreButton";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

export function GuidelinesVersions({ slug }: { readonly slug: string }) {
  const versions = useGuidelinesVersions(slug);
  if (versions.isError) return <Trouble error={versions.error} onRetry={() => void versions.refetch()} />;
  const rows = versions.data?.pages.flatMap(({ results }) => results) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t("guidelines.versions")}</h2>
      {rows.map((version) => (
        <Version key={version.number} slug={slug} version={version} />
      ))}
      <MoreButton list={versions}>{t("history.more")}</MoreButton>
    </section>
  );
}

interface Props {
  readonly slug: string;
  readonly version: GuidelinesVersion;
}

function Version({ slug, version }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {t("guidelines.version", { number: version.number })}{" "}
        <span className="muted small">
          {moment(version.created_at)} {version.author}
        </span>{" "}
        {version.note}
      </summary>
      {isOpen && <Change slug={slug} number={version.number} />}
    </details>
  );
}

function Change({ slug, number }: { readonly slug: string; readonly number: number }) {
  const change = useGuidelinesText(slug, number);
  if (change.isError) return <Trouble error={change.error} onRetry={() => void change.refetch()} />;
  if (change.data === undefined) return <Skeleton heights={[60]} />;
  return <Difference before={change.data.before} after={change.data.text} />;
}
