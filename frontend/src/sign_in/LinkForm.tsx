/** Takes a pasted sign-in link. */
import { useId, useState } from "react";

import { signInByLink } from "../api/account";
import { secretIn } from "../api/session";
import { t } from "../i18n/translate";

import type { StepProps } from "./step";

export function LinkForm({ onAttempt, busy }: StepProps) {
  const [link, setLink] = useState("");
  const id = useId();
  return (
    <form
      className="stack divided"
      onSubmit={(event) => {
        event.preventDefault();
        onAttempt(() => signInByLink(secretIn(link)));
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
      <div>
        <button type="submit" disabled={secretIn(link) === "" || busy}>
          {t("signIn.useLink")}
        </button>
      </div>
    </form>
  );
}
