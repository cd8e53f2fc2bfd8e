/** The texts that came with the image, for whoever decides on captions of it. */
import { t } from "../i18n/translate";

interface Props {
  readonly texts: readonly string[];
  readonly language: string;
}

export function AltTexts({ texts, language }: Props) {
  return (
    // They may be long: then they are scrolled, with the keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="sources" aria-label={t("sources.title")} tabIndex={0}>
      {texts.map((text, index) => (
        <article key={index}>
          <h2>{t("source.alt_text")}</h2>
          <p dir="auto" lang={language}>
            {text}
          </p>
        </article>
      ))}
    </section>
  );
}
