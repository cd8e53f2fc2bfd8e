/** Captions that the server would not take: the words are here to be copied, until the person lets them go. */
import { t } from "../i18n/translate";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { Picture } from "../ui/Picture";
import { useStore } from "../ui/store";
import { showToast } from "../ui/toasts";
import { messageOf } from "../ui/Trouble";

import type { Bench } from "./bench";

export function KeptDialog({ bench, onClose }: { readonly bench: Bench; readonly onClose: () => void }) {
  const refused = useStore(bench.outbox.state, (state) => state.refused);
  const takeUp = async (submissionId: string): Promise<void> => {
    try {
      if (await bench.takeUp(submissionId)) onClose();
      else showToast(t("kept.notYours"));
    } catch (error) {
      showToast(messageOf(error));
    }
  };
  return (
    <Dialog title={t("kept.title")} onClose={onClose} look="wide">
      <p className="muted">{t("kept.about")}</p>
      {refused.map(({ submissionId, image, text, refusal }) => (
        <section className="card" key={submissionId}>
          <p className="note warn">{refusal}</p>
          <div className="kept-text">
            <Picture src={image} alt="" />
            <p className="difference" dir="auto">
              {text}
            </p>
          </div>
          <div className="row">
            <button type="button" className="primary" onClick={() => void takeUp(submissionId)}>
              {t("kept.takeUp")}
            </button>
            <CopyButton text={text} label={t("kept.copy")} />
            <button type="button" className="danger" onClick={() => void bench.outbox.drop(submissionId)}>
              {t("kept.drop")}
            </button>
          </div>
        </section>
      ))}
      <div className="dialog-actions">
        <button type="button" onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </Dialog>
  );
}
