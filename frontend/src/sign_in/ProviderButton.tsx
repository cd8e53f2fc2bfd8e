/** Signing in at another site that this server trusts. */
import { useMutation } from "@tanstack/react-query";

import { leaveForProvider, useAccountConfiguration } from "../api/account";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function ProviderButton({ next }: { readonly next: string }) {
  const configuration = useAccountConfiguration();
  const leave = useMutation({
    mutationFn: () => leaveForProvider("login", `/sign-in?next=${encodeURIComponent(next)}`),
  });
  const provider = configuration.data?.socialaccount?.providers[0];
  if (provider === undefined) return null;
  return (
    <div className="stack">
      <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {t("signIn.provider", { name: provider.name })}
      </button>
      {leave.isError && <Trouble error={leave.error} />}
    </div>
  );
}
