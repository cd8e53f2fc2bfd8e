/** Inviting somebody: a new account gets a one-time link, which is shown here once; who has one is asked. */
import { useId, useState } from "react";

import { type Invited, type Role, useInvite } from "../api/members";
import { BOUNDS } from "../api/request_options";
import { t } from "../i18n/translate";
import { OwnLink } from "../ui/Secret";
import { Trouble } from "../ui/Trouble";

import { ROLES } from "./roles";

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
          {...BOUNDS.InviteRequest.username}
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
          {toldOf(invite.data)} {invite.data.link !== null && <OwnLink path={invite.data.link} />}
        </p>
      )}
    </>
  );
}

function toldOf({ member, invitation, link }: Invited): string {
  const name = member?.username ?? invitation?.username ?? "";
  if (member === null) return t("people.asked", { name });
  return t(link === null ? "people.added" : "people.link", { name });
}
