/** Setting a password, or another one. Nobody has to have one. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";

import { dataOf, refreshAccount, refreshedSession } from "../api/account";
import { api } from "../api/client";
import { allAnswered } from "../api/queries";
import type { User } from "../api/session";
import { t } from "../i18n/translate";
import { showToast } from "../ui/toasts";
import { Trouble } from "../ui/Trouble";

import type { Confirmed } from "./reauthentication";

interface Props {
  readonly user: User;
  readonly confirmed: Confirmed;
}

export function PasswordCard({ user, confirmed }: Props) {
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const id = useId();
  const change = useMutation({
    mutationFn: async () => {
      // The change gives this browser another session: an answer to the one before would take its cookie away again.
      await allAnswered();
      const old = user.has_password ? { current_password: current } : {};
      const body = { ...old, new_password: wanted };
      return confirmed(() => dataOf(api.POST("/_allauth/browser/v1/account/password/change", { body })));
    },
    onSuccess: async () => {
      setCurrent("");
      setWanted("");
      showToast(t("password.saved"));
      await Promise.all([refreshedSession(), refreshAccount()]);
    },
  });
  return (
    <section className="card">
      <h2>{t("password.title")}</h2>
      <p className="muted">{user.has_password ? t("password.isSet") : t("password.none")}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <input type="hidden" autoComplete="username" value={user.username} readOnly />
        {user.has_password && (
          <div className="field">
            <label htmlFor={`${id}-current`}>{t("password.current")}</label>
            <input
              id={`${id}-current`}
              type="password"
              value={current}
              autoComplete="current-password"
              required
              onChange={({ target }) => setCurrent(target.value)}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-wanted`}>{t("password.new")}</label>
          <input
            id={`${id}-wanted`}
            type="password"
            value={wanted}
            autoComplete="new-password"
            minLength={12}
            required
            onChange={({ target }) => setWanted(target.value)}
          />
          <span className="hint">{t("password.hint")}</span>
        </div>
        {change.isError && <Trouble error={change.error} />}
        <div>
          <button type="submit" disabled={change.isPending}>
            {t("password.save")}
          </button>
        </div>
      </form>
    </section>
  );
}
