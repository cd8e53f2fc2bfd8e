/**
 * A modal dialog on the browser's own <dialog>: it traps the focus, closes on Escape, does what its main button says on
 * Ctrl+Enter (⌘ Enter), and gives the focus back.
 */
import { type ReactNode, useEffect, useId, useRef } from "react";

import { pressMainButton } from "./main_button";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly look?: "wide" | "drawer";
}

export function Dialog({ title, onClose, children, look }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    if (element !== null && !element.open) element.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  return (
    // The key presses the main button, which is one.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={look}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={pressMainButton}
    >
      <div className="dialog-body">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
