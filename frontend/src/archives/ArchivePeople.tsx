/** Whom an archive names. An account here becomes a member and an author only where the owner says that it is the same person. */
import type { ArchivePerson } from "../api/archives";
import { t } from "../i18n/translate";
import { ScrollX } from "../ui/ScrollX";

interface Props {
  readonly people: readonly ArchivePerson[];
  readonly same: ReadonlySet<string>;
  readonly onChange: (same: ReadonlySet<string>) => void;
}

export function ArchivePeople({ people, same, onChange }: Props) {
  if (people.length === 0) return <p className="muted">{t("archives.people.none")}</p>;
  const toggle = (username: string): void => {
    const changed = new Set(same);
    if (!changed.delete(username)) changed.add(username);
    onChange(changed);
  };
  return (
    <>
      <h3>{t("archives.people")}</h3>
      <p className="muted">{t("archives.people.hint")}</p>
      <ScrollX>
        <table>
          <thead>
            <tr>
              <th>{t("archives.person")}</th>
              <th>{t("people.role")}</th>
              <th>{t("archives.person.here")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row
                key={person.username}
                person={person}
                isSame={same.has(person.username)}
                onToggle={() => toggle(person.username)}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}

interface RowProps {
  readonly person: ArchivePerson;
  readonly isSame: boolean;
  readonly onToggle: () => void;
}

function Row({ person, isSame, onToggle }: RowProps) {
  const name = `${person.first_name} ${person.last_name}`.trim();
  return (
    <tr>
      <th scope="row">
        {person.username} {name !== "" && <span className="muted small">{name}</span>}
      </th>
      <td>{person.role === "" ? t("archives.person.noMember") : t(`role.${person.role}`)}</td>
      <td>
        {!person.is_here && <span className="muted">{t("archives.person.new")}</span>}
        {person.is_here && (
          <label className="row">
            <input type="checkbox" checked={isSame} onChange={onToggle} />
            {t(isSame ? "archives.person.same" : "archives.person.other", { name: person.username })}
            {person.is_owner && <span className="badge bad">{t("everybody.owner")}</span>}
            {!person.is_active && <span className="badge">{t("archives.person.inactive")}</span>}
          </label>
        )}
      </td>
    </tr>
  );
}
