/** A new secret for a webhook, after asking how long the old one shall go on signing beside it. */
import { useId, useState } from "react";

import { useRenewSecret } from "../api/webhooks";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { NewSecret } from "./NewSecret";

interface Props {
  readonly project: string;
  readonly webhook: string;
  readonly onClose: () => void;
}

const GRACE_HOURS = [0, 1, 24, 7 * 24] as const;

export function RenewSecretDialog({ project, webhook, onClose }: Props) {
  const [hours, setHours] = useState(24);
  const renew = useRenewSecret(project, webhook);
  const id = useId();
  return (
    <Dialog title={t("webhooks.renewTitle")} onClose={onClose}>
      {renew.isSuccess ? (
        <>
          <NewSecret secret={renew.data.secret} />
          <div className="dialog-actions">
            <button type="button" className="primary" onClick={onClose}>
              {t("action.close")}
            </button>
          </div>
        </>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            renew.mutate(hours);
          }}
        >
          <p>{t("webhooks.renewHint")}</p>
          <div className="field">
            <label htmlFor={id}>{t("webhooks.grace")}</label>
            <select id={id} value={hours} onChange={({ target }) => setHours(Number(target.value))}>
              {GRACE_HOURS.map((each) => (
                <option key={each} value={each}>
                  {each === 0 ? t("webhooks.noGrace") : t("webhooks.graceHours", { count: each })}
                </option>
              ))}
            </select>
          </div>
          {renew.isError && <Trouble error={renew.error} />}
          <div className="dialog-actions">
            <button type="button" onClick={onClose}>
              {t("action.cancel")}
            </button>
            <button type="submit" className="primary" disabled={renew.isPending}>
              {t("webhooks.renew")}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
