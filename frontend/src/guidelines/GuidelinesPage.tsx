/** `/projects/<slug>/guidelines`: the guidelines to read, their versions, and for an admin the place where they are written. */
import { useState } from "react";
import { Link } from "wouter";

import { type Guidelines, useGuidelines } from "../api/guidelines";
import { useProject } from "../api/projects";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { AnnotatingRules } from "./AnnotatingRules";
import { GuidelinesEditor, useGuidelinesWritten } from "./GuidelinesEditor";
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
  const { data } = guidelines;
  return (
    <Page
      title={t("guidelines.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data.name }]}
      narrow
    >
      {edits ? (
        <GuidelinesEditor slug={slug} guidelines={data} onDone={() => setEdits(false)} />
      ) : (
        <section className="card stack">
          <GuidelinesText text={data.text} before={null} />
          {isAdmin && (
            <div className="row">
              <EditButton slug={slug} guidelines={data} onEdit={() => setEdits(true)} />
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

interface EditButtonProps {
  readonly slug: string;
  readonly guidelines: Guidelines;
  readonly onEdit: () => void;
}

/** Says so where a text was begun and not saved. */
function EditButton({ slug, guidelines, onEdit }: EditButtonProps) {
  const [{ text, note }] = useGuidelinesWritten(slug, guidelines);
  const isBegun = text !== guidelines.text || note !== "";
  return (
    <>
      {isBegun && <span className="note">{t("guidelines.begun")}</span>}
      <button type="button" className="primary" onClick={onEdit}>
        {isBegun ? t("guidelines.continue") : t("guidelines.edit")}
      </button>
    </>
  );
}
