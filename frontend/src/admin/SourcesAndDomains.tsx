/** Only images of these sources, of these domains: names by comma, empty for all. */
import { useId } from "react";

import { t } from "../i18n/translate";

interface Names {
  readonly sources: string;
  readonly domains: string;
}

interface Props {
  readonly value: Names;
  readonly set: (change: Partial<Names>) => void;
}

/** Of all the names together, which are sent one by one. */
const LONGEST = 2_000;

export function SourcesAndDomains({ value, set }: Props) {
  const id = useId();
  return (["sources", "domains"] as const).map((name) => (
    <div className="field" key={name}>
      <label htmlFor={`${id}-${name}`}>{t(`launch.${name}`)}</label>
      <input
        id={`${id}-${name}`}
        value={value[name]}
        maxLength={LONGEST}
        placeholder={t("launch.all")}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </div>
  ));
}
