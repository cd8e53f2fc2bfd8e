"""A whole project as one file, to be downloaded and brought into another server."""

from django.db import models
from django.db.models.functions import Now


class Archive(models.Model):
    """One that was asked for in the browser or over the API; `finished_at` is null while `job` writes it.

    `sha256` and `byte_count` are of the file, `contents` is what its manifest says without the files.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="archives")
    requested_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="archives")
    job = models.ForeignKey("Job", null=True, on_delete=models.PROTECT, related_name="archives")
    pictures = models.BooleanField(default=True)
    checkpoints = models.BooleanField(default=False)
    byte_count = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    contents = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "archive"
        ordering = ["-id"]
