/** The second factor: a code of the authenticator app or a recovery code, or a passkey. */
import { useState } from "react";

import { CodeField, plainCode } from "../account/CodeField";
import { passkeysWork, showPasskey } from "../account/webauthn";
import { dataOf, step } from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";

import type { StepProps } from "./step";

const BY_PASSKEY = "/_allauth/browser/v1/auth/webauthn/authenticate";

interface Props extends StepProps {
  readonly factors: readonly string[];
}

export function SecondFactorForm({ factors, onAttempt, busy }: Props) {
  const [code, setCode] = useState("");
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
        const body = { code: plainCode(code) };
        onAttempt(() => step(() => api.POST("/_allauth/browser/v1/auth/2fa/authenticate", { body })));
      }}
    >
      <CodeField label={t("signIn.code")} hint={t("signIn.codeHint")} value={code} onChange={setCode} />
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
