/** `/new-project`, for owners of the site: a name is enough; then its pictures are brought in. */
import "../ui/styles/console.css";

import { useId } from "react";
import { useLocation } from "wouter";

import { useNewProject } from "../api/projects";
import { BOUNDS, DEFAULTS } from "../api/request_options";
import { t } from "../i18n/translate";
import { useKept } from "../ui/kept";
import { Page } from "../ui/Page";
import { Trouble } from "../ui/Trouble";

import { type ProjectBasics, ProjectFields } from "./ProjectFields";

interface Typed extends ProjectBasics {
  readonly guidelines: string;
  readonly slug: string;
}

const FIRST: Typed = { ...DEFAULTS.NewProjectRequest, name: "", slug: "" };

export default function NewProjectPage() {
  const [typed, setTyped, forget] = useKept("new-project", FIRST);
  const { guidelines, slug, ...basics } = typed;
  const set = (change: Partial<Typed>): void => setTyped({ ...typed, ...change });
  const make = useNewProject();
  const [, go] = useLocation();
  const id = useId();
  return (
    <Page title={t("project.new")}>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          const body = { ...basics, guidelines, ...(slug === "" ? {} : { slug }) };
          make.mutate(body, {
            onSuccess: (made) => {
              forget();
              go(`/projects/${made.slug}/imports`);
            },
          });
        }}
      >
        <ProjectFields basics={basics} onChange={set} />
        <div className="field">
          <label htmlFor={`${id}-guidelines`}>{t("project.guidelines")}</label>
          <textarea
            id={`${id}-guidelines`}
            rows={7}
            dir="auto"
            spellCheck
            {...BOUNDS.NewProjectRequest.guidelines}
            value={guidelines}
            aria-describedby={`${id}-guidelines-hint`}
            onChange={({ target }) => set({ guidelines: target.value })}
          />
          <span className="hint" id={`${id}-guidelines-hint`}>
            {t("project.guidelinesHint")}
          </span>
        </div>
        <details>
          <summary>{t("project.slugTitle")}</summary>
          <div className="field">
            <label htmlFor={`${id}-slug`}>{t("project.slug")}</label>
            <input
              id={`${id}-slug`}
              value={slug}
              {...BOUNDS.NewProjectRequest.slug}
              pattern="[a-z0-9\-]+"
              title={t("project.slugHint")}
              autoComplete="off"
              spellCheck={false}
              aria-describedby={`${id}-slug-hint`}
              onChange={({ target }) => set({ slug: target.value })}
            />
            <span className="hint" id={`${id}-slug-hint`}>
              {t("project.slugHint")}
            </span>
          </div>
        </details>
        {make.isError && <Trouble error={make.error} />}
        <div className="row">
          <button type="submit" className="primary" disabled={basics.name.trim() === "" || make.isPending}>
            {t("project.create")}
          </button>
          <span className="muted small">{t("project.createNext")}</span>
        </div>
      </form>
    </Page>
  );
}
