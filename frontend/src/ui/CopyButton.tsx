/** Copies a text, and says so. Browsers have a clipboard for pages over HTTPS and on the own machine only: else it is not there. */
import { t } from "../i18n/translate";

import { showToast } from "./toasts";

interface Props {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label }: Props) {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return null;
  return (
    <button
      type="button"
      onClick={() => void clipboard.writeText(text).then(() => showToast(t("action.copied")))}
    >
      {label}
    </button>
  );
}
