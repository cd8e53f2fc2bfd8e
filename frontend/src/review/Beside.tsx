/** A form that stands beside the picture, in the place of what it is about. Escape closes it; what was typed is kept. */
import { type KeyboardEvent, type ReactNode, useEffect, useId } from "react";

import { t } from "../i18n/translate";
import { pressMainButton } from "../ui/main_button";

interface Props {
  readonly title: string;
  /** What the button says that gives it. */
  readonly give: string;
  readonly canGive: boolean;
  readonly onGive: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Beside({ title, give, canGive, onGive, onClose, children }: Props) {
  const id = useId();

  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      // Once the keys' own elements are there again.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else pressMainButton(event);
  };
  return (
    // The keys close the form and press its main button, which are buttons too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="words beside"
      aria-labelledby={id}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        if (canGive) onGive();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div className="beside-fields">{children}</div>
      <footer className="action-bar">
        <span className="muted small kept-hint">{t("review.keptHint")}</span>
        <button type="button" onClick={onClose}>
          {t("action.cancel")}
        </button>
        <button type="submit" className="primary" disabled={!canGive}>
          {give}
        </button>
      </footer>
    </form>
  );
}
