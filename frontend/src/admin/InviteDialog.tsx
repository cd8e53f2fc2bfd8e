/** Inviting people from where a round is looked at: somebody who annotates, or reviews. */
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";

import { InviteForm } from "./InviteForm";

interface Props {
  readonly project: string;
  readonly onClose: () => void;
}

export function InviteDialog({ project, onClose }: Props) {
  return (
    <Dialog title={t("people.inviteTitle")} onClose={onClose}>
      <p>{t("people.inviteHint")}</p>
      <InviteForm project={project} />
      <div className="dialog-actions">
        <button type="button" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
