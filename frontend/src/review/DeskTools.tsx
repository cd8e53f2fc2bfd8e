/** What every desk has in the top bar: the guidelines, with a word when they have changed, and the keys. */
import { useGuidelines } from "../api/guidelines";
import { isNews } from "../guidelines/news";
import { t } from "../i18n/translate";
import { Keys } from "../keys/Keys";

interface Props {
  readonly slug: string;
  readonly onPanel: (panel: "guidelines" | "help") => void;
}

export function DeskTools({ slug, onPanel }: Props) {
  const { data } = useGuidelines(slug);
  return (
    <>
      <button type="button" className="quiet" onClick={() => onPanel("guidelines")}>
        {t("key.guidelines")} <Keys command="guidelines" />
      </button>
      {data !== undefined && isNews(data) && <span className="badge busy">{t("guidelines.news")}</span>}
      <button type="button" className="quiet" onClick={() => onPanel("help")}>
        {t("key.help")} <Keys command="help" />
      </button>
    </>
  );
}
