/** A new webhook: where to, of what; then the secret that signs its messages, once. */
import { useId, useState } from "react";

import { BOUNDS } from "../api/request_options";
import { useAddWebhook, type WebhookVerb } from "../api/webhooks";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { NewSecret } from "./NewSecret";

const VERBS: readonly WebhookVerb[] = [
  "round.launched",
  "round.launch_undone",
  "round.closed",
  "round.exported",
  "captioner_run.queued",
  "captioner_run.trained",
  "captioner_run.promoted",
  "captioner_run.drafted",
  "captioner_run.failed",
  "captioner_run.cancelled",
];

export function NewWebhookForm({ project }: { readonly project: string }) {
  const [url, setUrl] = useState("");
  const [verbs, setVerbs] = useState<readonly WebhookVerb[]>([]);
  const add = useAddWebhook(project);
  const id = useId();
  return (
    <section className="card">
      <h2>{t("webhooks.new")}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ url: url.trim(), verbs: [...verbs] }, { onSuccess: () => setUrl("") });
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t("webhooks.url")}</label>
          <input
            id={id}
            type="url"
            value={url}
            {...BOUNDS.NewWebhookRequest.url}
            required
            placeholder="https://"
            onChange={({ target }) => setUrl(target.value)}
          />
        </div>
        <fieldset className="stack">
          <legend>{t("webhooks.verbs")}</legend>
          <div className="row">
            {VERBS.map((verb) => (
              <label key={verb}>
                <input
                  type="checkbox"
                  checked={verbs.includes(verb)}
                  onChange={({ target }) =>
                    setVerbs(target.checked ? [...verbs, verb] : verbs.filter((each) => each !== verb))
                  }
                />{" "}
                <code>{verb}</code>
              </label>
            ))}
          </div>
        </fieldset>
        <div>
          <button type="submit" disabled={add.isPending}>
            {t("webhooks.add")}
          </button>
        </div>
      </form>
      {add.isError && <Trouble error={add.error} />}
      {add.isSuccess && <NewSecret secret={add.data.secret} />}
    </section>
  );
}
