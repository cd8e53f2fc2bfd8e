/** The second factor: a code of the authenticator app or a recovery code, or a passkey. */
import { useId, useState } from "react";

import { passkeysWork, showPasskey } from "../account/webauthn";
import { dataOf, step } from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";

import type { StepProps } from "./SignInForm";

const BY_PASSKEY = "/_allauth/browser/v1/auth/webauthn/authenticate";

interface Props extends StepProps {
  readonly factors: readonly string[];
}

export function SecondFactorForm({ factors, onAttempt, busy }: Props) {
  const [code, setCode] = useState("");
  const id = useId();
  const show = () =>
    step(async () => {
      const { request_options: options } = await dataOf(api.GET(BY_PASSKEY));
      return api.POST(BY_PASSKEY, { body: { credential: await showPasskey(options) } });
    });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { code: code.replaceAll(" ", "") };
        onAttempt(() => step(() => api.POST("/_allauth/browser/v1/auth/2fa/authenticate", { body })));
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t("signIn.code")}</label>
        <input
          id={id}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          onChange={({ target }) => setCode(target.value)}
        />
        <span className="hint">{t("signIn.codeHint")}</span>
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={code.trim() === "" || busy}>
          {t("signIn.confirm")}
        </button>
        {factors.includes("webauthn") && passkeysWork() && (
          <button type="button" disabled={busy} onClick={() => onAttempt(show)}>
            {t("signIn.passkey")}
          </button>
        )}
      </div>
    </form>
  );
}
