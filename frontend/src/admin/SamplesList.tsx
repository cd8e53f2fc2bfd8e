/** What the run writes for held-out images, one under the other with what it had and what people wrote. */
import { changedWords, differenceOf } from "../text/difference";
import { countWords } from "../text/words";
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { Picture } from "../ui/Picture";

import type { Sample } from "./report";

interface Props {
  readonly samples: readonly Sample[];
  readonly language: string;
}

const SHOWN = 8;
/** Beyond this share of changed words a difference is harder to read than the text itself. */
const TELLING = 0.6;

export function SamplesList({ samples, language }: Props) {
  return (
    <details>
      <summary>{t("samples.title", { count: samples.length })}</summary>
      {samples.slice(0, SHOWN).map((sample, index) => (
        <article className="sample" key={index}>
          {sample.image !== "" && <Picture src={sample.image} alt={sample.reference} loading="lazy" />}
          <dl>
            <dt>{t("source.alt_text")}</dt>
            <dd dir="auto">{sample.altText || t("samples.nothing")}</dd>
            <dt>{t("samples.reference")}</dt>
            <dd dir="auto">{sample.reference}</dd>
            <dt>{t("captionSource.with_alt")}</dt>
            <Written text={sample.withAlt} reference={sample.reference} language={language} />
            <dt>{t("captionSource.without_alt")}</dt>
            <Written text={sample.withoutAlt} reference={sample.reference} language={language} />
          </dl>
        </article>
      ))}
    </details>
  );
}

interface WrittenProps {
  readonly text: string;
  readonly reference: string;
  readonly language: string;
}

/** As a difference from the person's caption where the two have enough in common. */
function Written({ text, reference, language }: WrittenProps) {
  const changed = changedWords(differenceOf(reference, text, language), language);
  if (text === "" || changed > TELLING * countWords(reference, language)) {
    return <dd dir="auto">{text || t("samples.nothing")}</dd>;
  }
  return (
    <dd>
      <Difference before={reference} after={text} language={language} />
    </dd>
  );
}
