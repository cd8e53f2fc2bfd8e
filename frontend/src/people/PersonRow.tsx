/** One person: their roles, what they can get in with, and what an owner can do about that. */
import type { Person } from "../api/people";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";

import { PersonActions } from "./PersonActions";

interface Props {
  readonly person: Person;
  readonly isSelf: boolean;
}

export function PersonRow({ person, isSelf }: Props) {
  const { username, memberships, last_login: lastSignIn, is_owner: isOwner, is_active: isActive } = person;
  return (
    <tr>
      <th scope="row">
        {username} {isOwner && <span className="badge">{t("everybody.owner")}</span>}
      </th>
      <td>
        {memberships.map(({ project, role }) => (
          <div key={project}>
            {project}: {t(`role.${role}`)}
          </div>
        ))}
      </td>
      <td>{waysIn(person).join(", ")}</td>
      <td>{lastSignIn === null ? t("everybody.never") : moment(lastSignIn)}</td>
      <td>
        <div className="row">
          <span className={isActive ? "badge good" : "badge"}>
            {isActive ? t("everybody.active") : t("everybody.deactivated")}
          </span>
          {!isSelf && <PersonActions person={person} />}
        </div>
      </td>
    </tr>
  );
}

/** Links are left out: anybody may be given one. */
function waysIn(person: Person): string[] {
  return [
    ...(person.has_password ? [t("everybody.password")] : []),
    ...(person.second_factors > 0 ? [t("everybody.factors", { count: person.second_factors })] : []),
    ...(person.live_tokens > 0 ? [t("everybody.tokens", { count: person.live_tokens })] : []),
  ];
}
