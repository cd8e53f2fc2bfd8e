/** Asks why a task is skipped, or what a reviewer should look at: one of a few reasons, or the person's own words. */
import { useMutation } from "@tanstack/react-query";
import { useId } from "react";

import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { useKept } from "../ui/kept";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly kind: "skip" | "flag";
  /** The task: what was typed about it is there again when the dialog was closed. */
  readonly about: number;
  /** The project's own list. */
  readonly reasons: readonly string[];
  readonly onGive: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

export function ReasonDialog({ kind, about, reasons, onGive, onClose }: Props) {
  const [own, setOwn, forget] = useKept(`${kind}.${about}`, "");
  const id = useId();
  const give = useMutation({
    mutationFn: onGive,
    onSuccess: () => {
      forget();
      onClose();
    },
  });
  return (
    <Dialog title={t(`${kind}.title`)} onClose={onClose}>
      <p className="muted">{t(`${kind}.about`)}</p>
      <div className="row">
        {reasons.map((reason) => (
          <button key={reason} type="button" disabled={give.isPending} onClick={() => give.mutate(reason)}>
            {reason}
          </button>
        ))}
      </div>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate(own);
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t("reason.own")}</label>
          <input
            id={id}
            value={own}
            {...BOUNDS.ReasonRequest.note}
            onChange={({ target }) => setOwn(target.value)}
          />
        </div>
        {give.isError && <Trouble error={give.error} />}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="primary" disabled={own.trim() === "" || give.isPending}>
            {t(`${kind}.button`)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
