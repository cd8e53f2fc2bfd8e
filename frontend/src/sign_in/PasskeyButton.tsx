/** Signing in with a passkey alone: it says who one is. */
import { passkeysWork, showPasskey } from "../account/webauthn";
import { dataOf, step } from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";

import type { StepProps } from "./step";

const ADDRESS = "/_allauth/browser/v1/auth/webauthn/login";

export function PasskeyButton({ onAttempt, busy }: StepProps) {
  if (!passkeysWork()) return null;
  const show = () =>
    step(async () => {
      const { request_options: options } = await dataOf(api.GET(ADDRESS));
      return api.POST(ADDRESS, { body: { credential: await showPasskey(options) } });
    });
  return (
    <div>
      <button type="button" disabled={busy} onClick={() => onAttempt(show)}>
        {t("signIn.passkey")}
      </button>
    </div>
  );
}
