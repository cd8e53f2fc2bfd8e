/** The project's guidelines in a drawer; what changed since the last visit comes first. Closing it is having read it. */
import { useState } from "react";
import { Link } from "wouter";

import { type Guidelines, noteSeen, useGuidelines } from "../api/guidelines";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { GuidelinesText } from "./GuidelinesText";
import { isNews, isUnread } from "./news";

interface Props {
  readonly slug: string;
  readonly onClose: () => void;
}

export function GuidelinesDrawer({ slug, onClose }: Props) {
  const { data, error, refetch } = useGuidelines(slug);
  const close = (): void => {
    // Somebody whose reading could not be noted is shown the same changes again.
    if (data !== undefined && isUnread(data)) noteSeen(slug, data.version).catch(() => undefined);
    onClose();
  };
  return (
    <Dialog title={t("guidelines.title")} onClose={close} look="drawer">
      {error !== null && <Trouble error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Skeleton heights={[120, 120]} /> : <Read guidelines={data} />}
      <div className="dialog-actions">
        <Link href={`/practice/${slug}`} className="button">
          {t("practice.title")}
        </Link>
        <button type="button" className="primary" onClick={close}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}

function Read({ guidelines }: { readonly guidelines: Guidelines }) {
  const [changes, setChanges] = useState(isNews(guidelines));
  const { text, seen_text: before, note } = guidelines;
  return (
    <>
      {isNews(guidelines) && (
        <div className="note row">
          <span>
            {t("guidelines.changed")} {note}
          </span>
          <button type="button" aria-pressed={changes} onClick={() => setChanges(!changes)}>
            {changes ? t("guidelines.showText") : t("guidelines.showChanges")}
          </button>
        </div>
      )}
      <GuidelinesText text={text} before={changes ? before : null} />
    </>
  );
}
