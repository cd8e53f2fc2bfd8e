/** Name and password. */
import { useEffect, useId, useRef, useState } from "react";

import { step } from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";

import type { StepProps } from "./step";

export function PasswordForm({ onAttempt, busy }: StepProps) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { username: username.trim(), password };
        onAttempt(() => step(() => api.POST("/_allauth/browser/v1/auth/login", { body })));
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-name`}>{t("signIn.username")}</label>
        <input
          ref={name}
          id={`${id}-name`}
          value={username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          onChange={({ target }) => setUsername(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-password`}>{t("signIn.password")}</label>
        <input
          id={`${id}-password`}
          type="password"
          value={password}
          autoComplete="current-password"
          required
          onChange={({ target }) => setPassword(target.value)}
        />
      </div>
      <div>
        <button type="submit" className="primary" disabled={busy}>
          {t("signIn.button")}
        </button>
      </div>
    </form>
  );
}
