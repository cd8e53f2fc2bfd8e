/** What I did: today's count, pace, what reviewers said, and my submissions with their differences. */
import { type Caption, useMyCaptions } from "../api/captions";
import { useRound } from "../api/rounds";
import { duration, moment, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Difference } from "../ui/Difference";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly round: number;
  readonly language: string;
  readonly onClose: () => void;
}

export function MyWork({ round, language, onClose }: Props) {
  const captions = useMyCaptions(round);
  const { data: summary } = useRound(round);
  const mine = captions.data ?? [];
  const today = mine.filter(({ created_at }) => isToday(created_at)).length;
  return (
    <Dialog title={t("myWork.title")} onClose={onClose} look="drawer">
      <dl className="facts">
        <Fact name={t("myWork.today")} value={number(today)} />
        <Fact name={t("myWork.pace")} value={pace(mine)} />
        <Fact name={t("myWork.submitted")} value={number(summary?.mine.submitted ?? 0)} />
        <Fact name={t("taskState.returned")} value={number(summary?.mine.returned ?? 0)} />
      </dl>
      {captions.isPending && <Skeleton heights={[80, 80, 80]} />}
      {captions.isError && <Trouble error={captions.error} onRetry={() => void captions.refetch()} />}
      {captions.isSuccess && mine.length === 0 && <p className="note">{t("myWork.none")}</p>}
      {mine.map((caption) => (
        <article className="card" key={caption.id}>
          <div className="card-head small">
            <span className="muted">{moment(caption.created_at)}</span>
            {caption.review !== null && (
              <span className={caption.review.verdict === "returned" ? "badge bad" : "badge good"}>
                {t(`verdict.${caption.review.verdict}`)}
              </span>
            )}
          </div>
          <Difference before={caption.starting_text} after={caption.text} language={language} />
          {caption.review !== null && caption.review.comment !== "" && (
            <p className="note">{caption.review.comment}</p>
          )}
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

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Active time per caption, as the editor counted it. */
function pace(captions: readonly Caption[]): string {
  const timed = captions.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  if (timed.length === 0) return "–";
  return duration(timed.reduce((sum, seconds) => sum + seconds, 0) / timed.length);
}

function isToday(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString();
}
