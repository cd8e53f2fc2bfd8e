/** Where one is signed in, and ending that somewhere else. */
import { useMutation } from "@tanstack/react-query";

import { dataOf, refreshAccount, useOwnSessions } from "../api/account";
import { api } from "../api/client";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import type { Confirmed } from "./reauthentication";

export function SessionsCard({ confirmed }: { readonly confirmed: Confirmed }) {
  const sessions = useOwnSessions();
  const end = useMutation({
    mutationFn: (ids: number[]) =>
      confirmed(() => dataOf(api.DELETE("/_allauth/browser/v1/auth/sessions", { body: { sessions: ids } }))),
    onSettled: refreshAccount,
  });
  const rows = sessions.data ?? [];
  const others = rows.filter((row) => !row.is_current).map(({ id }) => id);
  return (
    <section className="card">
      <h2>{t("sessions.title")}</h2>
      {sessions.isError && <Trouble error={sessions.error} />}
      <ul className="plain stack">
        {rows.map((row) => (
          <li key={row.id} className="row">
            <span>{browserIn(row.user_agent)}</span>
            <span className="muted small">
              {row.ip} · {moment(row.created_at * 1000)}
            </span>
            {row.is_current && <span className="badge">{t("sessions.here")}</span>}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <div>
          <button type="button" disabled={end.isPending} onClick={() => end.mutate(others)}>
            {t("sessions.endOthers", { count: others.length })}
          </button>
        </div>
      )}
      {end.isError && <Trouble error={end.error} />}
    </section>
  );
}

/** "Firefox on Linux" out of what browsers say of themselves; all of it where nothing is recognised. */
export function browserIn(userAgent: string): string {
  const browser = /Edg|OPR|Firefox|Chrome|Safari/.exec(userAgent)?.[0];
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0];
  const name = browser === "Edg" ? "Edge" : browser === "OPR" ? "Opera" : browser;
  return name === undefined || system === undefined ? userAgent.slice(0, 80) : `${name} · ${system}`;
}
