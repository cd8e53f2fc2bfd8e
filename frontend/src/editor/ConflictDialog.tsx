/** Two texts of one task: this screen's, and one that another tab or device saved. Both are shown; the person chooses. */
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Difference } from "../ui/Difference";
import { useStore } from "../ui/store";

import { keepMine, takeOther } from "./actions";
import type { Bench } from "./bench";

export function ConflictDialog({ bench }: { readonly bench: Bench }) {
  const other = useStore(bench.state, (state) => state.other);
  const mine = useStore(bench.state, (state) => state.text);
  if (other === null) return null;
  return (
    // There is no third way: Escape leaves the question standing.
    <Dialog title={t("conflict.title")} onClose={() => undefined} look="wide">
      <p>{t("conflict.about")}</p>
      <div className="two-texts">
        <section className="card">
          <h3>{t("conflict.mine")}</h3>
          <p className="difference" dir="auto">
            {mine}
          </p>
          <button type="button" className="primary" onClick={() => bench.edit(keepMine)}>
            {t("conflict.keepMine")}
          </button>
        </section>
        <section className="card">
          <h3>{t("conflict.other")}</h3>
          <Difference before={mine} after={other.text} language={bench.language} />
          <button type="button" onClick={() => bench.edit(takeOther)}>
            {t("conflict.takeOther")}
          </button>
        </section>
      </div>
    </Dialog>
  );
}
