/** What a launch would make: how many tasks of which kind, what to think of, and the first ten of them. */
import type { LaunchPreview as Preview } from "../api/rounds";
import { t } from "../i18n/translate";
import { EmbedButton } from "../images/EmbedButton";
import { Difference } from "../text/Difference";
import { Picture } from "../ui/Picture";

interface Props {
  readonly preview: Preview;
  readonly project: string;
  readonly language: string;
}

export function LaunchPreview({ preview, project, language }: Props) {
  return (
    <section className="stack" aria-label={t("preview.title")}>
      <p>{t("preview.tasks", { tasks: preview.tasks, images: preview.images })}</p>
      <dl className="facts small">
        {(["from_alt_text", "from_previous_caption", "from_draft", "control", "checks"] as const)
          .filter((name) => preview[name] > 0)
          .map((name) => (
            <div key={name}>
              <dt>{t(`preview.${name}`)}</dt>
              <dd>{t("number", { number: preview[name] })}</dd>
            </div>
          ))}
      </dl>
      {preview.warnings.map((warning) => (
        <p className="note warn" key={warning}>
          {warning}
        </p>
      ))}
      {preview.unplaced > 0 && (
        <div className="row">
          <EmbedButton project={project} />
        </div>
      )}
      {preview.planted.length > 0 && (
        <details>
          <summary>{t("preview.planted")}</summary>
          <ul className="planted">
            {preview.planted.map(({ kind, before, after }) => (
              <li key={`${kind}-${after}`}>
                <span className="badge">{t(`check.${kind}`)}</span>{" "}
                <Difference before={before} after={after} language={language} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <ul className="preview">
        {preview.first.map(({ image, slot, thumbnail_url, alt_text, starting_text, starting_source }) => (
          <li key={`${image}-${slot}`}>
            <Picture src={thumbnail_url} alt="" loading="lazy" />
            <div>
              <span className="badge">{t(`source.${starting_source}`)}</span>
              <Difference before={alt_text} after={starting_text} language={language} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
