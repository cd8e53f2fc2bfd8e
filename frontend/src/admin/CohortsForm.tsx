/** The cohorts of a project: forming one, removing one that no round has used. */
import { useId, useState } from "react";

import { useCohorts, useCreateCohort, useRemoveCohort } from "../api/cohorts";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function CohortsForm({ project }: { readonly project: string }) {
  const cohorts = useCohorts(project);
  const create = useCreateCohort(project);
  const remove = useRemoveCohort(project);
  const [name, setName] = useState("");
  const id = useId();
  return (
    <>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(name.trim(), { onSuccess: () => setName("") });
        }}
      >
        <label htmlFor={id}>{t("cohorts.new")}</label>
        <input
          id={id}
          value={name}
          {...BOUNDS.NewCohortRequest.name}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" disabled={name.trim() === "" || create.isPending}>
          {t("cohorts.create")}
        </button>
        <span className="muted small">{t("cohorts.about")}</span>
      </form>
      {cohorts.data !== undefined && cohorts.data.length > 0 && (
        <ul className="row wrap plain">
          {cohorts.data.map((cohort) => (
            <li key={cohort.id} className="badge">
              {t("cohorts.one", { name: cohort.name, count: cohort.members })}{" "}
              <button
                type="button"
                className="quiet small"
                aria-label={t("cohorts.remove", { name: cohort.name })}
                disabled={remove.isPending}
                onClick={() => remove.mutate(cohort.id)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {create.isError && <Trouble error={create.error} />}
      {remove.isError && <Trouble error={remove.error} />}
    </>
  );
}
