"""The audit log. Append-only (trigger)."""

from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One line: who did what to which object when. `actor` is empty for the system itself."""

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="events")
    project = models.ForeignKey("Project", null=True, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    imported = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether it came in an archive: another server says so, this one has not seen it.",
    )

    class Meta:
        db_table = "event"
        ordering = ["id"]
        indexes = [models.Index(name="event_by_object", fields=["object_type", "object_id", "id"])]
