"""Pre-trained captioners of the site, which its projects' captioners may start from."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import BaseState


class BaseCheckpoint(models.Model):
    """One that an owner of the site registered: a folder below CAPTIONER_BASES, or a repository of the hub, fetched once.

    A worker of the captioner looks into it: `settings` … `misfits` are what it found. `misfits` says of each recipe why
    training cannot start here, '' where it can.
    """

    name = models.CharField(max_length=80, unique=True)
    folder = models.CharField(max_length=250, blank=True, help_text="Below CAPTIONER_BASES.")
    repository = models.CharField(max_length=250, blank=True, help_text="OWNER/NAME or OWNER/NAME@REVISION.")
    note = models.TextField(blank=True, help_text="What its owner says of it: data, licence, purpose.")
    state = models.CharField(max_length=20, choices=BaseState.choices, default=BaseState.INSPECTING)
    error = models.TextField(blank=True, help_text="Why it is unusable.")
    settings = models.JSONField(default=dict)
    parameters = models.PositiveBigIntegerField(default=0)
    byte_count = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    card = models.TextField(blank=True)
    misfits = models.JSONField(default=dict)
    registered_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="bases")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "base_checkpoint"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="base_checkpoint_state_known", condition=Q(state__in=BaseState.values)
            ),
            models.CheckConstraint(
                name="base_checkpoint_is_a_folder_or_a_repository", condition=Q(folder="") ^ Q(repository="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
