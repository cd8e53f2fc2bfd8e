/** The secret that signs a webhook's messages, this once. */
import { t } from "../i18n/translate";
import { Secret } from "../ui/Secret";

export function NewSecret({ secret }: { readonly secret: string }) {
  return (
    <p className="note" role="status">
      {t("webhooks.secret")} <Secret text={secret} />
    </p>
  );
}
