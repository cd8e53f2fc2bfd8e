/** The guidelines' text, or what changed in it since the reader last looked. */
import { lazy, Suspense } from "react";

import { t } from "../i18n/translate";
import { Difference } from "../ui/Difference";
import { Skeleton } from "../ui/Skeleton";

const Markdown = lazy(() => import("../ui/Markdown"));

interface Props {
  readonly text: string;
  /** What the reader had read, to show the changes against; null shows the text alone. */
  readonly before: string | null;
}

export function GuidelinesText({ text, before }: Props) {
  if (before !== null) return <Difference before={before} after={text} />;
  if (text.trim() === "") return <p className="note">{t("guidelines.none")}</p>;
  return (
    <Suspense fallback={<Skeleton heights={[120, 120]} />}>
      <Markdown text={text} />
    </Suspense>
  );
}
