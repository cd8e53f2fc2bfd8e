/** Codes for the day when the phone or key is lost; each works once. */
import { useMutation } from "@tanstack/react-query";

import { dataOf, refreshAccount, useAuthenticators } from "../api/account";
import { api } from "../api/client";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import type { Confirmed } from "./reauthentication";

const ADDRESS = "/_allauth/browser/v1/account/authenticators/recovery-codes";

export function RecoveryCodesCard({ confirmed }: { readonly confirmed: Confirmed }) {
  const authenticators = useAuthenticators();
  const show = useMutation({ mutationFn: () => confirmed(() => dataOf(api.GET(ADDRESS))) });
  const renew = useMutation({
    mutationFn: () => confirmed(() => dataOf(api.POST(ADDRESS))),
    onSuccess: async () => {
      await refreshAccount();
      show.mutate();
    },
  });
  const codes = authenticators.data?.find((each) => each.type === "recovery_codes");
  if (codes === undefined || !("unused_code_count" in codes)) return null;
  return (
    <section className="card">
      <h2>{t("recovery.title")}</h2>
      <p className="muted">{t("recovery.about", { count: codes.unused_code_count })}</p>
      {show.data !== undefined && "unused_codes" in show.data && (
        <pre className="codes">{show.data.unused_codes.join("\n")}</pre>
      )}
      <div className="row">
        <button type="button" disabled={show.isPending} onClick={() => show.mutate()}>
          {t("recovery.show")}
        </button>
        <button type="button" disabled={renew.isPending} onClick={() => renew.mutate()}>
          {t("recovery.renew")}
        </button>
      </div>
      {show.isError && <Trouble error={show.error} />}
      {renew.isError && <Trouble error={renew.error} />}
    </section>
  );
}
