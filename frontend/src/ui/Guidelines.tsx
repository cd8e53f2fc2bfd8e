/** The project's guidelines in a drawer. */
import { lazy, Suspense } from "react";

import { t } from "../i18n/translate";

import { Dialog } from "./Dialog";
import { Skeleton } from "./Skeleton";

const Markdown = lazy(() => import("./Markdown"));

interface Props {
  readonly text: string;
  readonly onClose: () => void;
}

export function Guidelines({ text, onClose }: Props) {
  return (
    <Dialog title={t("guidelines.title")} onClose={onClose} look="drawer">
      {text.trim() === "" ? (
        <p className="note">{t("guidelines.none")}</p>
      ) : (
        <Suspense fallback={<Skeleton heights={[120, 120]} />}>
          <Markdown text={text} />
        </Suspense>
      )}
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
