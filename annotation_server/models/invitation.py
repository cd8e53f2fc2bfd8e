"""Who is asked to join a project and has not answered yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import Role
from annotation_server.models.project import Project


class Invitation(models.Model):
    """It gives no right to anything, so it is no Membership. An answer, or a membership (trigger), ends it: its row goes, and
    the audit log keeps what became of it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "invitation"
        constraints = [
            models.UniqueConstraint(name="invitation_one_per_person", fields=["project", "user"]),
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values)),
        ]
