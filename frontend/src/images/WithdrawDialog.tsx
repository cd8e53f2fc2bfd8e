/** Taking an image down at its source's request, and which exports and archives have it. */
import { useId, useState } from "react";

import { useImageHistory, useWithdrawImage } from "../api/images";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { WhoHasIt } from "./WhoHasIt";

interface Props {
  readonly id: number;
  readonly project: string;
  readonly onClose: () => void;
}

export function WithdrawDialog({ id, project, onClose }: Props) {
  const [reason, setReason] = useState("");
  const withdraw = useWithdrawImage(id);
  const history = useImageHistory(id);
  const field = useId();
  return (
    <Dialog title={t("images.takeDownTitle")} onClose={onClose}>
      {withdraw.isSuccess ? (
        <>
          <p role="status">{t("images.wasTakenDown", { count: withdraw.data.tasks })}</p>
          <WhoHasIt {...withdraw.data} project={project} />
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
            withdraw.mutate(reason);
          }}
        >
          <p>{t("images.takeDownAbout")}</p>
          {history.data !== undefined && <WhoHasIt {...history.data} project={project} />}
          <div className="field">
            <label htmlFor={field}>{t("images.reason")}</label>
            <textarea
              id={field}
              required
              rows={3}
              {...BOUNDS.WithdrawRequest.reason}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
          {withdraw.isError && <Trouble error={withdraw.error} />}
          <div className="dialog-actions">
            <button type="button" onClick={onClose}>
              {t("action.cancel")}
            </button>
            <button type="submit" className="primary" disabled={reason.trim() === "" || withdraw.isPending}>
              {t("images.takeDown")}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
