/** The secret that signs a webhook's messages, this once. */
import { t } from "../i18n/translate";

export function NewSecret({ secret }: { readonly secret: string }) {
  return (
    <p className="note" role="status">
      {t("webhooks.secret")} <code className="break">{secret}</code>
    </p>
  );
}
