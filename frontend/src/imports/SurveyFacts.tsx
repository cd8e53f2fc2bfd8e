/** What the first rows are like: how many texts, and whether the pictures are where the rows say. */
import type { ReactNode } from "react";

import { t } from "../i18n/translate";

import type { Preview } from "./PreviewRows";

export type Survey = Preview["survey"];

export function SurveyFacts({ survey }: { readonly survey: Survey }) {
  const { pictures, rows_read: rows } = survey;
  if (rows === 0) return null;
  const there = pictures.found + pictures.inside;
  const facts: readonly ReactNode[] = [
    t("imports.texts", { count: survey.texts, rows: survey.rows_with_texts, all: rows }),
    pictureCount(survey) > pictures.address &&
      t("imports.pictures", { there, count: there + pictures.missing }),
    pictures.address > 0 && t("imports.picturesAt", { count: pictures.address }),
    survey.rows_refused > 0 && t("imports.rowsRefusedSeen", { count: survey.rows_refused }),
    !survey.complete && t("imports.partlyRead", { count: rows }),
  ];
  return (
    <>
      <ul className="survey">
        {facts.filter(Boolean).map((fact, index) => (
          <li key={index}>{fact}</li>
        ))}
      </ul>
      {pictures.missing > 0 && (
        <p className="note warn">
          {t("imports.picturesMissing", { count: pictures.missing, example: pictures.missing_example })}
        </p>
      )}
    </>
  );
}

/** Pictures, and not one text: that must be said before such a source is imported. */
export function hasNoText(survey: Survey): boolean {
  return survey.texts === 0 && pictureCount(survey) > 0;
}

function pictureCount({ pictures }: Survey): number {
  return pictures.found + pictures.missing + pictures.address + pictures.inside;
}
