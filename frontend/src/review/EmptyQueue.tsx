/** Nothing waits for a verdict. */
import type { ReactNode } from "react";
import { Link } from "wouter";

import { t } from "../i18n/translate";

interface Props {
  readonly decided: number;
  readonly isLooking: boolean;
  readonly onLookAgain: () => void;
  readonly children?: ReactNode;
}

export function EmptyQueue({ decided, isLooking, onLookAgain, children }: Props) {
  return (
    <div className="nothing">
      <div className="card">
        <h2 className="large">{t("review.empty")}</h2>
        <p>{t("review.emptyText")}</p>
        {decided > 0 && <p className="muted">{t("review.decided", { count: decided })}</p>}
        <div className="row">
          <button type="button" className="primary" disabled={isLooking} onClick={onLookAgain}>
            {t("supply.again")}
          </button>
          {children}
          <Link href="/" className="button">
            {t("projects.title")}
          </Link>
        </div>
      </div>
    </div>
  );
}
