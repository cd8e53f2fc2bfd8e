/** The shape of what is coming, shown when a wait gets noticeable. */
import { useEffect, useState } from "react";

import { t } from "../i18n/translate";

const NOTICEABLE_MS = 300;

export function Skeleton({ heights }: { readonly heights: readonly number[] }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), NOTICEABLE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!visible) return null;
  return (
    <div className="stack" role="status" aria-label={t("wait.loading")}>
      {heights.map((height, index) => (
        <div className="skeleton" key={index} style={{ height }} />
      ))}
    </div>
  );
}
