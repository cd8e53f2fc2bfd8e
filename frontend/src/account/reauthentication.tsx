/** Some changes ask the person to show again who they are; the change is then made without asking twice. */
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";

import { dataOf, refreshedSession } from "../api/account";
import { api } from "../api/client";
import { Problem } from "../api/problem";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { Trouble } from "../ui/Trouble";

import { plainCode } from "./CodeField";
import { passkeysWork, showPasskey } from "./webauthn";

/** Does something with the account, asking for a password or code where the server wants one. */
export type Confirmed = <Value>(action: () => Promise<Value>) => Promise<Value>;

interface Question {
  readonly ways: readonly string[];
  readonly settle: (confirmed: boolean) => void;
}

export function useReauthentication(): { readonly confirmed: Confirmed; readonly dialog: ReactNode } {
  const [question, setQuestion] = useState<Question>();
  const confirmed: Confirmed = async (action) => {
    await refreshedSession(); // sets the CSRF cookie
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "reauthentication-needed") throw error;
      const shown = await new Promise<boolean>((settle) => setQuestion({ ways: waysOf(error), settle }));
      setQuestion(undefined);
      if (!shown) throw new Problem(401, "not-confirmed", t("account.notConfirmed"));
      return action();
    }
  };
  const dialog = question === undefined ? null : <ConfirmDialog {...question} />;
  return { confirmed, dialog };
}

/** "password", "code", "passkey": what the account can show. */
function waysOf(error: Problem): string[] {
  const flows = error.extra.flows as readonly { id: string; types?: readonly string[] }[];
  const types = flows.flatMap((flow) => flow.types ?? []);
  return [
    ...(flows.some(({ id }) => id === "reauthenticate") ? ["password"] : []),
    ...(types.some((type) => type === "totp" || type === "recovery_codes") ? ["code"] : []),
    ...(types.includes("webauthn") && passkeysWork() ? ["passkey"] : []),
  ];
}

function ConfirmDialog({ ways, settle }: Question) {
  const [secret, setSecret] = useState("");
  const id = useId();
  const byPassword = ways.includes("password");
  const show = useMutation({
    mutationFn: (way: string) => showAgain(way, secret),
    onSuccess: () => settle(true),
  });
  return (
    <Dialog title={t("account.confirm")} onClose={() => settle(false)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          show.mutate(byPassword ? "password" : "code");
        }}
      >
        {(byPassword || ways.includes("code")) && (
          <div className="field">
            <label htmlFor={id}>{byPassword ? t("signIn.password") : t("signIn.code")}</label>
            <input
              id={id}
              type={byPassword ? "password" : "text"}
              value={secret}
              autoComplete={byPassword ? "current-password" : "one-time-code"}
              onChange={({ target }) => setSecret(target.value)}
            />
          </div>
        )}
        {show.isError && <Trouble error={show.error} />}
        <div className="dialog-actions">
          <button type="button" onClick={() => settle(false)}>
            {t("action.cancel")}
          </button>
          {ways.includes("passkey") && (
            <button type="button" disabled={show.isPending} onClick={() => show.mutate("passkey")}>
              {t("signIn.passkey")}
            </button>
          )}
          <button type="submit" className="primary" disabled={secret === "" || show.isPending}>
            {t("signIn.confirm")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

async function showAgain(way: string, secret: string): Promise<void> {
  if (way === "password") {
    const body = { password: secret };
    await dataOf(api.POST("/_allauth/browser/v1/auth/reauthenticate", { body }));
  } else if (way === "code") {
    const body = { code: plainCode(secret) };
    await dataOf(api.POST("/_allauth/browser/v1/auth/2fa/reauthenticate", { body }));
  } else {
    const address = "/_allauth/browser/v1/auth/webauthn/reauthenticate";
    const { request_options: options } = await dataOf(api.GET(address));
    await dataOf(api.POST(address, { body: { credential: await showPasskey(options) } }));
  }
}
