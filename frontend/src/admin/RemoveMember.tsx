/** Removing a member of the project, asked once more. */
import { useState } from "react";

import { useRemoveMember } from "../api/members";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

export function RemoveMember({ project, name }: { readonly project: string; readonly name: string }) {
  const remove = useRemoveMember(project);
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <button
        type="button"
        disabled={remove.isPending}
        aria-label={t("people.removeNamed", { name })}
        onClick={() => setIsAsked(true)}
      >
        {t("people.remove")}
      </button>
      {remove.isError && <Trouble error={remove.error} />}
      {isAsked && (
        <Dialog title={t("people.removeNamed", { name })} onClose={() => setIsAsked(false)}>
          <p>{t("people.removeHint")}</p>
          <div className="dialog-actions">
            <button type="button" onClick={() => setIsAsked(false)}>
              {t("action.cancel")}
            </button>
            <button
              type="button"
              className="primary"
              onClick={() => {
                remove.mutate(name);
                setIsAsked(false);
              }}
            >
              {t("people.remove")}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
