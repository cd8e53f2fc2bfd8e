/** Somebody who was invited and has not answered: the name that was typed, and taking the invitation back. */
import { type Invitation, useWithdrawInvitation } from "../api/invitations";
import { moment } from "../i18n/format";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

interface Props {
  readonly project: string;
  readonly invitation: Invitation;
  readonly hasCohorts: boolean;
}

export function InvitedRow({ project, invitation, hasCohorts }: Props) {
  const withdraw = useWithdrawInvitation(project);
  const { username, role, invited_by: by, created_at: at } = invitation;
  return (
    <tr>
      <th scope="row">{username}</th>
      <td>{t(`role.${role}`)}</td>
      <td>
        <div className="row">
          <span title={t("people.invitedHint", { when: moment(at) })}>
            {t("people.invited", { name: by })}
          </span>
          <button
            type="button"
            disabled={withdraw.isPending}
            aria-label={t("people.withdrawNamed", { name: username })}
            onClick={() => withdraw.mutate(username)}
          >
            {t("people.withdraw")}
          </button>
        </div>
        {withdraw.isError && <Trouble error={withdraw.error} />}
      </td>
      {hasCohorts && <td />}
    </tr>
  );
}
