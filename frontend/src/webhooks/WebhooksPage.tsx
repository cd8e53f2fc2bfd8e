/** `/projects/<slug>/webhooks`: which addresses are told of the project's rounds and runs, and how that went. */
import { useProject } from "../api/projects";
import { useWebhooks } from "../api/webhooks";
import { t } from "../i18n/translate";
import { Page } from "../ui/Page";
import { Skeleton } from "../ui/Skeleton";
import { Trouble } from "../ui/Trouble";

import { NewWebhookForm } from "./NewWebhookForm";
import { WebhookCard } from "./WebhookCard";

export default function WebhooksPage({ slug }: { readonly slug: string }) {
  const project = useProject(slug);
  const webhooks = useWebhooks(slug);
  return (
    <Page
      title={t("webhooks.title")}
      parents={[{ href: `/projects/${slug}`, text: project.data?.name ?? slug }]}
    >
      {webhooks.isPending && <Skeleton heights={[120, 120]} />}
      {webhooks.isError && <Trouble error={webhooks.error} onRetry={() => void webhooks.refetch()} />}
      {webhooks.data?.length === 0 && <p className="note">{t("webhooks.none")}</p>}
      {webhooks.data?.map((webhook) => (
        <WebhookCard key={webhook.id} project={slug} webhook={webhook} />
      ))}
      {webhooks.isSuccess && <NewWebhookForm project={slug} />}
    </Page>
  );
}
