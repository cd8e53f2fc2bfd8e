/** Captions that the server would not take: the words are here to be copied, until the person lets them go. */
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { useStore } from "../ui/store";
import { showToast } from "../ui/toasts";

import type { Bench } from "./bench";

export function KeptDialog({ bench, onClose }: { readonly bench: Bench; readonly onClose: () => void }) {
  const refused = useStore(bench.outbox.state, (state) => state.refused);
  return (
    <Dialog title={t("kept.title")} onClose={onClose} look="wide">
      <p className="muted">{t("kept.about")}</p>
      {refused.map(({ submissionId, image, text, refusal }) => (
        <section className="card" key={submissionId}>
          <p className="note warn">{refusal}</p>
          <div className="kept-text">
            <img src={image} alt="" />
            <p className="difference" dir="auto">
              {text}
            </p>
          </div>
          <div className="row">
            <button
              type="button"
              onClick={() => void navigator.clipboard.writeText(text).then(() => showToast(t("kept.copied")))}
            >
              {t("kept.copy")}
            </button>
            <button type="button" className="danger" onClick={() => void bench.outbox.drop(submissionId)}>
              {t("kept.drop")}
            </button>
          </div>
        </section>
      ))}
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
