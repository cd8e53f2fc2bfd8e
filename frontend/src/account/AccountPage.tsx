/** `/account`: how one signs in, where one is signed in, and keys for programs. */
import "./account.css";

import type { User } from "../api/session";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";

import { AuthenticatorAppCard } from "./AuthenticatorAppCard";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { ProviderCard } from "./ProviderCard";
import { useReauthentication } from "./reauthentication";
import { RecoveryCodesCard } from "./RecoveryCodesCard";
import { SessionsCard } from "./SessionsCard";
import { TokensCard } from "./TokensCard";

export default function AccountPage({ user }: { readonly user: User }) {
  const { confirmed, dialog } = useReauthentication();
  return (
    <Page title={t("account.title", { name: user.name || user.username })} narrow>
      <PasswordCard user={user} confirmed={confirmed} />
      <PasskeysCard confirmed={confirmed} />
      <AuthenticatorAppCard confirmed={confirmed} />
      <RecoveryCodesCard confirmed={confirmed} />
      <ProviderCard confirmed={confirmed} />
      <SessionsCard confirmed={confirmed} />
      <TokensCard />
      {dialog}
    </Page>
  );
}
