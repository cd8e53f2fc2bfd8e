/** In the place of a desk: a round that is not open takes no verdicts. */
import { Link } from "wouter";

import { t } from "../i18n/translate";

export function RoundIsClosed({ slug }: { readonly slug: string }) {
  return (
    <main className="workbench">
      <div className="nothing">
        <div className="card">
          <h2 className="large">{t("review.roundClosed")}</h2>
          <p>{t("review.roundClosedText")}</p>
          <div className="row">
            <Link href={`/projects/${slug}`} className="button primary">
              {t("review.toProject")}
            </Link>
          </div>
        </div>
      </div>
    </main>
  );
}
