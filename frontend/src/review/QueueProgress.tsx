/** How far the reviewer is through what waits. */
import { t } from "../i18n/translate";

export function QueueProgress({ left, decided }: { readonly left: number; readonly decided: number }) {
  return (
    <div className="queue-progress small">
      <span className="badge">{t("review.left", { count: left })}</span>
      <progress aria-label={t("review.progress")} value={decided} max={decided + left} />
      <span className="muted">{t("review.decided", { count: decided })}</span>
    </div>
  );
}
