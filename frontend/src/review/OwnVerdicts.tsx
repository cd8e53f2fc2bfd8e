/** What the reviewer accepted last: each can be decided on once more, until somebody else has. */
import { useOwnVerdicts, type WaitingCaption } from "../api/review";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Picture } from "../ui/Picture";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly round: number;
  readonly language: string;
  readonly onAgain: (caption: WaitingCaption) => void;
  readonly onClose: () => void;
}

export function OwnVerdicts({ round, language, onAgain, onClose }: Props) {
  const { data, error, refetch } = useOwnVerdicts(round);
  return (
    <Dialog title={t("review.ownVerdicts")} onClose={onClose} look="drawer">
      <p className="muted">{t("review.ownVerdictsAbout")}</p>
      {error !== null && <Trouble error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton heights={[80, 80, 80]} />}
      {data?.length === 0 && <p className="note">{t("review.noOwnVerdicts")}</p>}
      {data?.map((caption) => (
        <article className="card kept-text" key={caption.id}>
          <Picture src={caption.image.thumbnail_url} alt="" />
          <div className="stack">
            <p dir="auto" lang={language}>
              {caption.text}
            </p>
            <p className="muted small">
              {caption.annotator}
              {caption.own_verdict !== null && ` · ${moment(caption.own_verdict.created_at)}`}
            </p>
            <div>
              <button type="button" onClick={() => onAgain(caption)}>
                {t("review.again")}
              </button>
            </div>
          </div>
        </article>
      ))}
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
