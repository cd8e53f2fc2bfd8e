/** What I did: today's count, pace, what reviewers said, and my submissions with their differences. */
import { useMyCaptions, useOwnProgress } from "../api/captions";
import { useRound } from "../api/rounds";
import { duration, number } from "../i18n/format";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { MoreButton } from "../ui/MoreButton";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { OwnCaption } from "./OwnCaption";

interface Props {
  readonly round: number;
  readonly language: string;
  readonly onReopen: (caption: number, task: number) => Promise<void>;
  readonly onClose: () => void;
}

export function MyWork({ round, language, onReopen, onClose }: Props) {
  const captions = useMyCaptions(round);
  const { data: summary } = useRound(round);
  const { data: work } = useOwnProgress(round);
  const mine = captions.data ?? [];
  return (
    <Dialog title={t("myWork.title")} onClose={onClose} look="drawer">
      <dl className="facts">
        <Fact name={t("myWork.today")} value={work === undefined ? "–" : number(work.today)} />
        <Fact name={t("myWork.handedIn")} value={work === undefined ? "–" : number(work.done)} />
        <Fact
          name={t("myWork.pace")}
          value={work?.mean_seconds == null ? "–" : duration(work.mean_seconds)}
        />
        <Fact name={t("myWork.submitted")} value={number(summary?.mine.submitted ?? 0)} />
        <Fact name={t("work.returned")} value={number(summary?.mine.returned ?? 0)} />
      </dl>
      {captions.isPending && <Skeleton heights={[80, 80, 80]} />}
      {captions.isError && <Trouble error={captions.error} onRetry={() => void captions.refetch()} />}
      {captions.isSuccess && mine.length === 0 && <p className="note">{t("myWork.none")}</p>}
      {mine.map((caption) => (
        <OwnCaption key={caption.id} caption={caption} language={language} onReopen={onReopen} />
      ))}
      <MoreButton list={captions}>{t("myWork.more")}</MoreButton>
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
