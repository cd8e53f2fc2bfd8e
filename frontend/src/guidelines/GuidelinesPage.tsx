/** `/projects/<slug>/guidelines`: the guidelines to read, their versions, and for an admin the place where they are written. */
import { useState } from "react";
import { Link } from "wouter";

import { useGuidelines } from "../api/guidelines";
import { useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { AnnotatingRules } from "./AnnotatingRules";
import { GuidelinesEditor } from "./GuidelinesEditor";
import { GuidelinesText } from "./GuidelinesText";
import { GuidelinesVersions } from "./GuidelinesVersions";

export default function GuidelinesPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const guidelines = useGuidelines(slug);
  const [edits, setEdits] = useState(false);
  const error = project.error ?? guidelines.error;
  if (project.data === undefined || guidelines.data === undefined) {
    return (
      <Page title={t("guidelines.title")}>
        {error === null ? <Skeleton heights={[40, 320]} /> : <Trouble error={error} />}
      </Page>
    );
  }
  const isAdmin = project.data.role === "admin";
  return (
    <Page
      title={t("guidelines.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data.name }]}
      narrow
    >
      {edits ? (
        <GuidelinesEditor slug={slug} guidelines={guidelines.data} onDone={() => setEdits(false)} />
      ) : (
        <section className="card stack">
          <GuidelinesText text={guidelines.data.text} before={null} />
          {isAdmin && (
            <div className="row">
              <button type="button" className="primary" onClick={() => setEdits(true)}>
                {t("guidelines.edit")}
              </button>
              <Link href={`/projects/${slug}/practice`} className="button">
                {t("lessons.title")}
              </Link>
            </div>
          )}
        </section>
      )}
      {isAdmin && <AnnotatingRules project={project.data} />}
      <GuidelinesVersions slug={slug} />
    </Page>
  );
}
