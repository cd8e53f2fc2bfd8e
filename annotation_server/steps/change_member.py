"""An admin changes a member: their role, or whether they are paused; a paused person's tasks go to the others."""

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit
from annotation_server.choices import Role, RoundState, TaskState
from annotation_server.errors import NotAllowed
from annotation_server.models import Membership, Task, User


def change_role(*, membership: Membership, role: Role, changed_by: User) -> None:
    """Raises NotAllowed when the project would have no admin left."""
    with transaction.atomic():
        admins = Membership.objects.select_for_update().filter(project=membership.project, role=Role.ADMIN)
        if role != Role.ADMIN and {one.pk for one in admins} == {membership.pk}:
            raise NotAllowed("A project needs an admin. Make somebody else admin first.")
        before = Membership.objects.get(pk=membership.pk).role
        Membership.objects.filter(pk=membership.pk).update(role=role)
        audit.record(
            actor=changed_by,
            verb="membership.set",
            subject=membership,
            project=membership.project,
            before={"role": before},
            after={"role": role, "user": membership.user_id},
        )


def pause_member(*, membership: Membership, paused_by: User) -> int:
    """They get no new tasks; what they hold goes to others, their words are kept. Returns how many tasks were handed over."""
    with transaction.atomic():
        paused = Membership.objects.filter(pk=membership.pk, paused_at=None).update(paused_at=Now())
        handed_over = Task.objects.filter(
            round__in=membership.project.rounds.filter(state=RoundState.OPEN),
            annotator=membership.user_id,
            state__in=[TaskState.CLAIMED, TaskState.RETURNED],
        ).update(state=TaskState.PENDING, annotator=None, lease_expires_at=None)
        if paused:
            audit.record(
                actor=paused_by,
                verb="membership.paused",
                subject=membership,
                project=membership.project,
                after={"user": membership.user_id, "handed_over": handed_over},
            )
    return handed_over


def resume_member(*, membership: Membership, resumed_by: User) -> None:
    """They get tasks again."""
    with transaction.atomic():
        if Membership.objects.filter(pk=membership.pk, paused_at__isnull=False).update(paused_at=None):
            audit.record(
                actor=resumed_by,
                verb="membership.resumed",
                subject=membership,
                project=membership.project,
                after={"user": membership.user_id},
            )
