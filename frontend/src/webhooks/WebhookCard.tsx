/** One webhook: what it is told of, a test, a pause, a new secret, and the log of what was sent. */
import { useState } from "react";

import {
  type Delivery,
  useChangeWebhook,
  useDeliveries,
  useRemoveWebhook,
  useSendAgain,
  useTestWebhook,
  type Webhook,
} from "../api/webhooks";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";
import { Trouble } from "../ui/Trouble";

import { RenewSecretDialog } from "./RenewSecretDialog";

interface Props {
  readonly project: string;
  readonly webhook: Webhook;
}

export function WebhookCard({ project, webhook }: Props) {
  const id = String(webhook.id);
  const test = useTestWebhook(project, id);
  const change = useChangeWebhook(project, id);
  const remove = useRemoveWebhook(project, id);
  const [isRenewing, setIsRenewing] = useState(false);
  const { url, verbs, is_active: isActive, old_secret_until: oldUntil } = webhook;
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="break">{url}</h2>
        <span className={isActive ? "badge good" : "badge"}>
          {isActive ? t("webhooks.active") : t("webhooks.paused")}
        </span>
      </div>
      <p className="muted">{verbs.length === 0 ? t("webhooks.everything") : verbs.join(" · ")}</p>
      {isStillGood(oldUntil) && (
        <p className="muted small">{t("webhooks.oldSecretUntil", { when: moment(oldUntil) })}</p>
      )}
      <div className="row">
        <button type="button" disabled={test.isPending} onClick={() => test.mutate()}>
          {t("webhooks.test")}
        </button>
        <button
          type="button"
          disabled={change.isPending}
          onClick={() => change.mutate({ is_active: !isActive })}
        >
          {isActive ? t("webhooks.pause") : t("webhooks.resume")}
        </button>
        <button type="button" onClick={() => setIsRenewing(true)}>
          {t("webhooks.renew")}
        </button>
        <button type="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t("action.remove")}
        </button>
      </div>
      {[test, change, remove].map(
        (mutation, place) => mutation.isError && <Trouble key={place} error={mutation.error} />,
      )}
      {isRenewing && (
        <RenewSecretDialog project={project} webhook={id} onClose={() => setIsRenewing(false)} />
      )}
      <DeliveryLog project={project} webhook={id} />
    </section>
  );
}

function isStillGood(until: string | null | undefined): until is string {
  return until != null && Date.parse(until) > Date.now();
}

function DeliveryLog({ project, webhook }: { readonly project: string; readonly webhook: string }) {
  const deliveries = useDeliveries(project, webhook);
  const again = useSendAgain(project, webhook);
  if (deliveries.isError) return <Trouble error={deliveries.error} />;
  const rows = deliveries.data ?? [];
  if (rows.length === 0) return <p className="muted small">{t("webhooks.nothingSent")}</p>;
  return (
    <ScrollX>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("webhooks.event")}</th>
            <th scope="col">{t("webhooks.state")}</th>
            <th scope="col">{t("webhooks.attempts")}</th>
            <th scope="col">{t("webhooks.when")}</th>
            <th scope="col">{t("webhooks.answer")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <details>
                  <summary>{row.verb}</summary>
                  <pre>{row.body}</pre>
                </details>
              </th>
              <td>
                <span className={`badge ${LOOKS[row.state]}`}>{t(`deliveryState.${row.state}`)}</span>
              </td>
              <td>{row.attempts}</td>
              <td>{moment(row.attempted_at ?? row.created_at)}</td>
              <td>
                <div className="row">
                  {row.error || row.answer_status}
                  {row.state !== "pending" && (
                    <button type="button" disabled={again.isPending} onClick={() => again.mutate(row.id)}>
                      {t("webhooks.again")}
                    </button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

const LOOKS: Readonly<Record<Delivery["state"], string>> = {
  pending: "busy",
  delivered: "good",
  given_up: "bad",
};
