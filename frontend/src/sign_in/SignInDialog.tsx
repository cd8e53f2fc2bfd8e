/** Signing in again without leaving the screen: what was typed stays where it is. */
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";

import { SignInForm } from "./SignInForm";

interface Props {
  /** Who was signed in here. */
  readonly user: number;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function SignInDialog({ user, onDone, onClose }: Props) {
  return (
    <Dialog title={t("signIn.again")} onClose={onClose}>
      <p>{t("signIn.kept")}</p>
      <SignInForm
        onDone={(session) => {
          // Somebody else: this screen's texts are not theirs to send.
          if (session.user?.id === user) onDone();
          else location.reload();
        }}
      />
    </Dialog>
  );
}
