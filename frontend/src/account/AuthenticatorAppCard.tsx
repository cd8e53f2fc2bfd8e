/** An authenticator app (TOTP): scan, type the first code, and from then on each sign-in asks for one. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { dataOf, done, refreshAccount, useAuthenticators } from "../api/account";
import { api } from "../api/client";
import { problemFrom } from "../api/problem";
import { t } from "../i18n/translate";
import { Secret } from "../ui/Secret";
import { Trouble } from "../ui/Trouble";

import { CodeField, plainCode } from "./CodeField";
import type { Confirmed } from "./reauthentication";

const ADDRESS = "/_allauth/browser/v1/account/authenticators/totp";

interface Key {
  readonly secret: string;
  readonly totp_svg: string;
}

export function AuthenticatorAppCard({ confirmed }: { readonly confirmed: Confirmed }) {
  const [key, setKey] = useState<Key>();
  const authenticators = useAuthenticators();
  const begin = useMutation({ mutationFn: newKey, onSuccess: setKey });
  const remove = useMutation({
    mutationFn: () => confirmed(() => done(api.DELETE(ADDRESS))),
    onSettled: refreshAccount,
  });
  const active = authenticators.data?.some(({ type }) => type === "totp");
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t("app.title")}</h2>
        {active === true && <span className="badge good">{t("app.active")}</span>}
      </div>
      {authenticators.isError && <Trouble error={authenticators.error} />}
      {active === false && key === undefined && (
        <>
          <p className="muted">{t("app.about")}</p>
          <div>
            <button type="button" disabled={begin.isPending} onClick={() => begin.mutate()}>
              {t("app.begin")}
            </button>
          </div>
        </>
      )}
      {key !== undefined && (
        <Scan
          authenticatorKey={key}
          confirmed={confirmed}
          onDone={() => {
            setKey(undefined);
            void refreshAccount();
          }}
        />
      )}
      {active === true && (
        <div>
          <button type="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t("app.remove")}
          </button>
        </div>
      )}
      {begin.isError && <Trouble error={begin.error} />}
      {remove.isError && <Trouble error={remove.error} />}
    </section>
  );
}

/** A key for an app to be. allauth tells it along with "there is none yet". */
async function newKey(): Promise<Key> {
  const { error, response } = await api.GET(ADDRESS);
  if (response.status === 404 && error !== undefined && "meta" in error && "totp_svg" in error.meta) {
    return error.meta;
  }
  throw problemFrom(response.status, error);
}

interface ScanProps {
  readonly authenticatorKey: Key;
  readonly confirmed: Confirmed;
  readonly onDone: () => void;
}

function Scan({ authenticatorKey, confirmed, onDone }: ScanProps) {
  const [code, setCode] = useState("");
  const activate = useMutation({
    mutationFn: () => confirmed(() => dataOf(api.POST(ADDRESS, { body: { code: plainCode(code) } }))),
    onSuccess: onDone,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        activate.mutate();
      }}
    >
      <p>{t("app.scan")}</p>
      {/* eslint-disable-next-line no-restricted-syntax -- not from the server */}
      <img
        className="qr-code"
        src={`data:image/svg+xml,${encodeURIComponent(authenticatorKey.totp_svg)}`}
        alt={t("app.picture")}
        width="180"
        height="180"
      />
      <p>
        {t("app.typeKey")} <Secret text={authenticatorKey.secret} />
      </p>
      <CodeField label={t("app.code")} value={code} onChange={setCode} />
      {activate.isError && <Trouble error={activate.error} />}
      <div>
        <button type="submit" className="primary" disabled={code.trim() === "" || activate.isPending}>
          {t("app.activate")}
        </button>
      </div>
    </form>
  );
}
