/** The guidelines' text, or what changed in it since the reader last looked. */
import { t } from "../i18n/translate";
import { Difference } from "../text/Difference";
import { fetched } from "../ui/fetched";

const Markdown = fetched(() => import("../ui/Markdown"));

interface Props {
  readonly text: string;
  /** What the reader had read, to show the changes against; null shows the text alone. */
  readonly before: string | null;
}

export function GuidelinesText({ text, before }: Props) {
  if (before !== null) return <Difference before={before} after={text} />;
  if (text.trim() === "") return <p className="note">{t("guidelines.none")}</p>;
  return <Markdown text={text} />;
}
