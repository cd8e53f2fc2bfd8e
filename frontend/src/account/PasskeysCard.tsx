/** Passkeys: sign in with a fingerprint, a face or a security key, with nothing to type. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";

import { dataOf, done, refreshAccount, useAuthenticators } from "../api/account";
import { api } from "../api/client";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import type { Confirmed } from "./reauthentication";
import { createPasskey, passkeysWork } from "./webauthn";

/** As long as the column of django-allauth. */
const LONGEST_NAME = 100;
const ADDRESS = "/_allauth/browser/v1/account/authenticators/webauthn";

export function PasskeysCard({ confirmed }: { readonly confirmed: Confirmed }) {
  const [name, setName] = useState("");
  const id = useId();
  const authenticators = useAuthenticators();
  const add = useMutation({
    mutationFn: () => confirmed(() => addPasskey(name.trim() || t("passkeys.unnamed"))),
    onSuccess: () => setName(""),
    onSettled: refreshAccount,
  });
  const remove = useMutation({
    mutationFn: (key: number) =>
      confirmed(() => done(api.DELETE(ADDRESS, { body: { authenticators: [key] } }))),
    onSettled: refreshAccount,
  });
  const keys = (authenticators.data ?? []).flatMap((each) => ("id" in each ? [each] : []));
  return (
    <section className="card">
      <h2>{t("passkeys.title")}</h2>
      <p className="muted">{passkeysWork() ? t("passkeys.about") : t("passkeys.needName")}</p>
      {keys.length > 0 && (
        <ul className="plain stack">
          {keys.map((key) => (
            <li key={key.id} className="row">
              <span>{key.name}</span>
              <span className="muted small">{moment(key.created_at * 1000)}</span>
              <button
                type="button"
                aria-label={t("passkeys.removeNamed", { name: key.name })}
                disabled={remove.isPending}
                onClick={() => remove.mutate(key.id)}
              >
                {t("action.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {passkeysWork() && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <label htmlFor={id}>{t("passkeys.name")}</label>
          <input
            id={id}
            value={name}
            maxLength={LONGEST_NAME}
            onChange={({ target }) => setName(target.value)}
          />
          <button type="submit" disabled={add.isPending}>
            {t("passkeys.add")}
          </button>
        </form>
      )}
      {add.isError && <Trouble error={add.error} />}
      {remove.isError && <Trouble error={remove.error} />}
    </section>
  );
}

async function addPasskey(name: string): Promise<void> {
  const { creation_options: options } = await dataOf(
    api.GET(ADDRESS, { params: { query: { passwordless: true } } }),
  );
  await dataOf(api.POST(ADDRESS, { body: { name, credential: await createPasskey(options) } }));
}
