/** A new key: what for, how much it allows, where, how long; then its secret, once. */
import { useId, useState } from "react";

import { type NewApiToken, useMakeApiToken } from "../api/api_tokens";
import { useProjects } from "../api/projects";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Secret } from "../ui/Secret";
import { Trouble } from "../ui/Trouble";

type Scope = NewApiToken["scope"];
const SCOPES: readonly Scope[] = ["read", "annotate", "review", "admin"];
const DAYS = [30, 90, 365] as const;

export function NewTokenForm() {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [project, setProject] = useState("");
  const [days, setDays] = useState("90");
  const projects = useProjects();
  const make = useMakeApiToken();
  const id = useId();
  return (
    <>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            { name: name.trim(), scope, project: project || null, days: days === "" ? null : Number(days) },
            { onSuccess: () => setName("") },
          );
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-name`}>{t("tokens.name")}</label>
          <input
            id={`${id}-name`}
            value={name}
            {...BOUNDS.NewApiTokenRequest.name}
            required
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <div className="row">
          <label htmlFor={`${id}-scope`}>{t("tokens.scope")}</label>
          <select
            id={`${id}-scope`}
            value={scope}
            onChange={({ target }) => setScope(SCOPES.find((each) => each === target.value) ?? "read")}
          >
            {SCOPES.map((each) => (
              <option key={each} value={each}>
                {t(`tokenScope.${each}`)}
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-project`}>{t("tokens.project")}</label>
          <select id={`${id}-project`} value={project} onChange={({ target }) => setProject(target.value)}>
            <option value="">{t("tokens.allProjects")}</option>
            {(projects.data ?? []).map(({ slug, name: title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-days`}>{t("tokens.days")}</label>
          <select id={`${id}-days`} value={days} onChange={({ target }) => setDays(target.value)}>
            {DAYS.map((each) => (
              <option key={each} value={each}>
                {t("tokens.countDays", { count: each })}
              </option>
            ))}
            <option value="">{t("tokens.noEnd")}</option>
          </select>
        </div>
        <div>
          <button type="submit" disabled={make.isPending}>
            {t("tokens.make")}
          </button>
        </div>
      </form>
      {make.isError && <Trouble error={make.error} />}
      {make.isSuccess && (
        <p className="note" role="status">
          {t("tokens.secret")} <Secret text={make.data.secret} />
        </p>
      )}
    </>
  );
}
