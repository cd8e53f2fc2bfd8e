/** What the run writes for held-out images, as differences from what people wrote. */
import { t } from "../i18n/translate";
import { Difference } from "../ui/Difference";

import type { Sample } from "./report";

interface Props {
  readonly samples: readonly Sample[];
  readonly language: string;
}

const SHOWN = 8;

export function SamplesTable({ samples, language }: Props) {
  return (
    <details>
      <summary>{t("samples.title", { count: samples.length })}</summary>
      <div className="scroll-x">
        <table className="samples">
          <thead>
            <tr>
              <th scope="col">{t("source.alt_text")}</th>
              <th scope="col">{t("samples.reference")}</th>
              <th scope="col">{t("captionSource.with_alt")}</th>
              <th scope="col">{t("captionSource.without_alt")}</th>
            </tr>
          </thead>
          <tbody>
            {samples.slice(0, SHOWN).map(({ image, altText, reference, withAlt, withoutAlt }, index) => (
              <tr key={index}>
                <td>
                  {image !== "" && <img src={image} alt="" loading="lazy" />}
                  {altText}
                </td>
                <td>{reference}</td>
                <td>
                  <Difference before={reference} after={withAlt} language={language} />
                </td>
                <td>
                  <Difference before={reference} after={withoutAlt} language={language} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
