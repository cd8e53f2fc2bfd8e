/** One form of a project's settings, folded away until it is wanted. */
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly title: string;
  readonly save: UseMutationResult<unknown, Error, void>;
  readonly children: ReactNode;
}

export function SettingsCard({ title, save, children }: Props) {
  return (
    <details className="card">
      <summary>
        <h2>{title}</h2>
      </summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {children}
        {save.isError && <Trouble error={save.error} />}
        <div className="row">
          <button type="submit" disabled={save.isPending}>
            {t("settings.save")}
          </button>
          {save.isSuccess && <span role="status">{t("settings.saved")}</span>}
        </div>
      </form>
    </details>
  );
}
