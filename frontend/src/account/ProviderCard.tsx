/** Linking the account with another site's sign-in. */
import { useMutation } from "@tanstack/react-query";

import {
  dataOf,
  leaveForProvider,
  refreshAccount,
  useAccountConfiguration,
  useLinkedAccounts,
} from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import type { Confirmed } from "./reauthentication";

export function ProviderCard({ confirmed }: { readonly confirmed: Confirmed }) {
  const configuration = useAccountConfiguration();
  const linked = useLinkedAccounts();
  const link = useMutation({ mutationFn: () => leaveForProvider("connect", "/account") });
  const unlink = useMutation({
    mutationFn: (body: { provider: string; account: string }) =>
      confirmed(() => dataOf(api.DELETE("/_allauth/browser/v1/account/providers", { body }))),
    onSettled: refreshAccount,
  });
  const provider = configuration.data?.socialaccount?.providers[0];
  if (provider === undefined || linked.data === undefined) return null;
  const { name } = provider;
  const account = linked.data[0];
  return (
    <section className="card">
      <h2>{name}</h2>
      <p className="muted">
        {account === undefined
          ? t("provider.about", { name })
          : t("provider.linked", { account: account.display })}
      </p>
      <div>
        {account === undefined ? (
          <button type="button" disabled={link.isPending} onClick={() => link.mutate()}>
            {t("provider.link", { name })}
          </button>
        ) : (
          <button
            type="button"
            disabled={unlink.isPending}
            onClick={() => unlink.mutate({ provider: account.provider.id, account: account.uid })}
          >
            {t("provider.unlink", { name })}
          </button>
        )}
      </div>
      {link.isError && <Trouble error={link.error} />}
      {unlink.isError && <Trouble error={unlink.error} />}
    </section>
  );
}
