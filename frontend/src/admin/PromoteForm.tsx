/** Overruling the gate: the reason is written down with the run. */
import { useId, useState } from "react";

import { BOUNDS } from "../api/request_options";
import { type Run, usePromoteRun } from "../api/runs";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function PromoteForm({ project, run }: { readonly project: string; readonly run: Run }) {
  const [reason, setReason] = useState("");
  const id = useId();
  const promote = usePromoteRun(project);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        promote.mutate({ id: run.id, reason });
      }}
    >
      <label htmlFor={id} className="small">
        {t("promote.label")}
      </label>
      <input
        id={id}
        value={reason}
        {...BOUNDS.PromotionRequest.reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <button type="submit" disabled={reason.trim() === "" || promote.isPending}>
        {t("promote.button")}
      </button>
      {promote.isError && <Trouble error={promote.error} />}
    </form>
  );
}
