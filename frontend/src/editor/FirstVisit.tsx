/** To somebody who is new here: a tour of the screen, and practice. It stands beside the work and holds nobody up. */
import { useState } from "react";
import { Link } from "wouter";

import { useGuidelines } from "../api/guidelines";
import { t } from "../i18n/translate";

import { Tour } from "./Tour";

const KEY = "altogether.toured";

export function FirstVisit({ slug }: { readonly slug: string }) {
  const { data } = useGuidelines(slug);
  const [toured, setToured] = useState(() => localStorage.getItem(KEY) !== null);
  const [tours, setTours] = useState(false);
  const end = (): void => {
    localStorage.setItem(KEY, "yes");
    setTours(false);
    setToured(true);
  };
  if (tours) return <Tour onEnd={end} />;
  if (data === undefined || data.practised || toured) return null;
  return (
    <aside className="note row" aria-label={t("first.title")}>
      <span>{t("first.title")}</span>
      <button type="button" onClick={() => setTours(true)}>
        {t("first.tour")}
      </button>
      <Link href={`/practice/${slug}`} className="button">
        {t("first.practise")}
      </Link>
      <button type="button" className="link" onClick={end}>
        {t("first.notNow")}
      </button>
    </aside>
  );
}
