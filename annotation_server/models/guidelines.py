"""Every version of a project's guidelines. The newest one's text is also the project's `guidelines`."""

from django.db import models
from django.db.models.functions import Now


class GuidelinesVersion(models.Model):
    """Append-only (trigger): what somebody had read when they annotated stays known."""

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="guidelines_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, help_text="Markdown.")
    note = models.CharField(max_length=500, blank=True, help_text="What changed, in the admin's words.")
    author = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "guidelines_version"
        ordering = ["project_id", "number"]
        constraints = [
            models.UniqueConstraint(name="guidelines_version_numbered_once", fields=["project", "number"])
        ]
