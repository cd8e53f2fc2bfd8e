/** Inviting somebody: a new account gets a one-time link, which is shown here once. */
import { useId, useState } from "react";

import { type Role, useInvite } from "../api/members";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

import { ROLES } from "./PeopleCard";

export function InviteForm({ project }: { readonly project: string }) {
  const [username, setUsername] = useState("");
  const [role, setRole] = useState<Role>("annotator");
  const invite = useInvite(project);
  const id = useId();
  return (
    <>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ username: username.trim(), role }, { onSuccess: () => setUsername("") });
        }}
      >
        <label htmlFor={id}>{t("people.invite")}</label>
        <input
          id={id}
          value={username}
          maxLength={150}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setUsername(target.value)}
        />
        <select
          aria-label={t("people.role")}
          value={role}
          onChange={({ target }) => setRole(ROLES.find((each) => each === target.value) ?? "annotator")}
        >
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {t(`role.${each}`)}
            </option>
          ))}
        </select>
        <button type="submit" disabled={username.trim() === "" || invite.isPending}>
          {t("people.inviteButton")}
        </button>
      </form>
      {invite.isError && <Trouble error={invite.error} />}
      {invite.isSuccess && (
        <p className="note" role="status">
          {invite.data.link === null
            ? t("people.added", { name: invite.data.member.username })
            : t("people.link", { name: invite.data.member.username })}{" "}
          {invite.data.link !== null && <code>{new URL(invite.data.link, location.origin).href}</code>}
        </p>
      )}
    </>
  );
}
