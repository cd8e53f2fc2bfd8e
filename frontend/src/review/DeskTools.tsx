/** What every desk has in the top bar: the guidelines, with a word when they have changed, and the keys. */
import { useGuidelines } from "../api/guidelines";
import { guidelines } from "../guidelines/commands";
import { isNews } from "../guidelines/news";
import { t } from "../i18n/translate";
import { CommandButton } from "../keys/CommandButton";
import { help } from "../keys/commands";

interface Props {
  readonly slug: string;
  readonly onPanel: (panel: "guidelines" | "help") => void;
}

export function DeskTools({ slug, onPanel }: Props) {
  const { data } = useGuidelines(slug);
  return (
    <>
      <CommandButton command={guidelines} context={{ onPanel }} look="quiet" />
      {data !== undefined && isNews(data) && <span className="badge busy">{t("guidelines.news")}</span>}
      <CommandButton command={help} context={{ onPanel }} look="quiet" />
    </>
  );
}
