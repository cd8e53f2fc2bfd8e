/** The site's base checkpoints, for its owners: what a worker found in each, and registering another. */
import { useId, useState } from "react";

import { type Base, useRegisterBase, useRemoveBase } from "../api/captioner";
import { BOUNDS } from "../api/request_options";
import { bytes, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { fitting } from "./bases";

export function BasesForm({ bases }: { readonly bases: readonly Base[] }) {
  return (
    <details className="card">
      <summary>
        <h2>{t("bases.title")}</h2>
      </summary>
      <div className="stack">
        <p className="muted small">{t("bases.hint")}</p>
        {bases.map((base) => (
          <BaseLine key={base.id} base={base} />
        ))}
        <NewBaseForm />
      </div>
    </details>
  );
}

function BaseLine({ base }: { readonly base: Base }) {
  const remove = useRemoveBase();
  const recipes = fitting(base);
  return (
    <section className="run" aria-label={base.name}>
      <div className="card-head">
        <span>
          <strong>{base.name}</strong>{" "}
          <span className={BADGES[base.state]}>{t(`bases.state.${base.state}`)}</span>
        </span>
        <button type="button" disabled={remove.isPending} onClick={() => remove.mutate(base.id)}>
          {t("bases.remove")}
        </button>
      </div>
      <p className="muted small">
        <code>{base.folder === "" ? base.repository : base.folder}</code>
        {base.state === "ready" && (
          <>
            {" · "}
            {t("bases.size", { parameters: number(base.parameters), bytes: bytes(base.byte_count) })}
            {" · "}
            <code title={base.sha256}>{base.sha256.slice(0, 12)}</code>
          </>
        )}
      </p>
      {base.state === "ready" && (
        <p className="small">
          {recipes.length === 0 ? t("bases.fitsNone") : t("bases.fits", { recipes: recipes.join(", ") })}
        </p>
      )}
      {base.error !== "" && <p className="note bad">{base.error}</p>}
      {base.note !== "" && <p className="small">{base.note}</p>}
      {base.card !== "" && (
        <details className="small">
          <summary>{t("bases.card")}</summary>
          <pre className="base-card">{base.card}</pre>
        </details>
      )}
      {remove.isError && <Trouble error={remove.error} />}
    </section>
  );
}

const BADGES = { inspecting: "badge busy", ready: "badge good", unusable: "badge bad" } as const;
const EMPTY = { name: "", folder: "", repository: "", note: "" };

function NewBaseForm() {
  const [given, setGiven] = useState(EMPTY);
  const register = useRegisterBase();
  const id = useId();
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate(given, { onSuccess: () => setGiven(EMPTY) });
      }}
    >
      <h3>{t("bases.new")}</h3>
      <div className="field-grid">
        {(["name", "folder", "repository", "note"] as const).map((name) => (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{t(`bases.${name}`)}</label>
            <input
              id={`${id}-${name}`}
              value={given[name]}
              required={name === "name"}
              {...BOUNDS.NewBaseRequest[name]}
              aria-describedby={`${id}-${name}-hint`}
              onChange={({ target }) => setGiven((old) => ({ ...old, [name]: target.value }))}
            />
            <span className="hint" id={`${id}-${name}-hint`}>
              {t(`bases.${name}Hint`)}
            </span>
          </div>
        ))}
      </div>
      {register.isError && <Trouble error={register.error} />}
      <div>
        <button type="submit" disabled={register.isPending}>
          {t("bases.register")}
        </button>
      </div>
    </form>
  );
}
