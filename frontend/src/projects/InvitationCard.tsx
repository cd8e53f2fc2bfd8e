/** Somebody asks the person to join a project: they say yes or no. */
import { type OwnInvitation, useAnswerInvitation } from "../api/invitations";
import { t } from "../i18n/translate";
import { Trouble } from "../ui/Trouble";

export function InvitationCard({ invitation }: { readonly invitation: OwnInvitation }) {
  const answer = useAnswerInvitation();
  const { id, project_name: project, role, invited_by: by } = invitation;
  return (
    <section className="card" aria-label={t("invitation.title", { project })}>
      <p>{t(`invitation.${role}`, { name: by, project })}</p>
      <div className="row">
        <button
          type="button"
          className="primary"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ id, accepts: true })}
        >
          {t("invitation.accept")}
        </button>
        <button
          type="button"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ id, accepts: false })}
        >
          {t("invitation.decline")}
        </button>
      </div>
      {answer.isError && <Trouble error={answer.error} />}
    </section>
  );
}
