/** Takes a pasted sign-in link. Also used over the workbench when a session has run out. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";

import { secretIn, type Session, signIn } from "../api/session";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function SignInForm({ onDone }: { readonly onDone: (session: Session) => void }) {
  const [link, setLink] = useState("");
  const id = useId();
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onDone });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(secretIn(link));
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t("signIn.paste")}</label>
        <input
          id={id}
          value={link}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setLink(target.value)}
        />
        <span className="hint">{t("signIn.how")}</span>
      </div>
      {attempt.isError && <Trouble error={attempt.error} />}
      <div>
        <button type="submit" className="primary" disabled={secretIn(link) === "" || attempt.isPending}>
          {t("signIn.button")}
        </button>
      </div>
    </form>
  );
}
