/** Closing a round: what is unfinished and what will become of it, before anything happens. */
import { type Round, useCloseRound, useClosingCheck } from "../api/rounds";
import { number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly round: Round;
  readonly onClose: () => void;
}

export function CloseDialog({ round, onClose }: Props) {
  const check = useClosingCheck(round.id);
  const close = useCloseRound(round.project);
  return (
    <Dialog title={t("close.title", { number: round.number })} onClose={onClose}>
      {check.isPending && <Skeleton heights={[90]} />}
      {check.isError && <Trouble error={check.error} onRetry={() => void check.refetch()} />}
      {check.data !== undefined && (
        <table>
          <tbody>
            {(["accepted_if_closed", "waiting_for_review", "flagged", "unfinished"] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`close.${name}`)}</th>
                <td className="number">{number(check.data[name])}</td>
                <td className="muted small">{t(`close.${name}.then`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>{t("close.then")}</p>
      {close.isError && <Trouble error={close.error} />}
      <div className="dialog-actions">
        <button type="button" onClick={onClose}>
          {t("action.cancel")}
        </button>
        <button
          type="button"
          className="primary"
          disabled={!check.isSuccess || close.isPending}
          onClick={() => close.mutate(round.id, { onSuccess: onClose })}
        >
          {t("close.confirm", { number: round.number })}
        </button>
      </div>
    </Dialog>
  );
}
