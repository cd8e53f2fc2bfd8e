"""A project keeps somebody who can act for it."""

from annotation_server.choices import Role
from annotation_server.errors import NotAllowed
from annotation_server.models import Membership


def refuse_last_admin(membership: Membership) -> None:
    """Raises NotAllowed for the only admin who is neither paused nor deactivated. The admins stay locked until the transaction
    ends."""
    admins = Membership.objects.select_for_update(of=("self",)).filter(
        project=membership.project_id, role=Role.ADMIN, paused_at=None, user__is_active=True
    )
    if {one.pk for one in admins} == {membership.pk}:
        raise NotAllowed("A project needs an admin who can act for it. Make somebody else admin first.")
