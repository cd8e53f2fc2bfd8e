/** Keys for programs: made, shown once, revoked. */
import { type ApiToken, useApiTokens, useRevokeApiToken } from "../api/api_tokens";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { NewTokenForm } from "./NewTokenForm";

export function TokensCard() {
  const tokens = useApiTokens();
  const live = (tokens.data ?? []).filter((token) => token.revoked_at === null);
  return (
    <section className="card">
      <h2>{t("tokens.title")}</h2>
      <p className="muted">{t("tokens.about")}</p>
      {tokens.isError && <Trouble error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {live.length > 0 && (
        <ul className="plain stack">
          {live.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      <NewTokenForm />
    </section>
  );
}

function TokenRow({ token }: { readonly token: ApiToken }) {
  const revoke = useRevokeApiToken();
  const { id, name, scope, project, expires_at: expiresAt, last_used_at: lastUsedAt } = token;
  return (
    <li className="row">
      <strong>{name}</strong>
      <span className="badge">{t(`tokenScope.${scope}`)}</span>
      <span className="muted small">
        {[
          project ?? t("tokens.allProjects"),
          expiresAt === null ? t("tokens.noEnd") : t("tokens.until", { time: moment(expiresAt) }),
          lastUsedAt === null ? t("tokens.neverUsed") : t("tokens.used", { time: moment(lastUsedAt) }),
        ].join(" · ")}
      </span>
      <button
        type="button"
        aria-label={t("tokens.revokeNamed", { name })}
        disabled={revoke.isPending}
        onClick={() => revoke.mutate(id)}
      >
        {t("tokens.revoke")}
      </button>
      {revoke.isError && <Trouble error={revoke.error} />}
    </li>
  );
}
