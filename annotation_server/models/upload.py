"""What comes in over the API or in the browser, whatever it is: a file in pieces, and the jobs of the workers that take it."""

from django.db import models
from django.db.models.functions import Now


class Upload(models.Model):
    """One source on its way in: an Import, or an ArchiveImport. A file has `byte_count` bytes, of which `received` are here.

    `inspection` is the job that looked into the source, `preview` what it found; `job` brings in what is in it.
    """

    requested_by = models.ForeignKey(
        "annotation_server.User", null=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    file_name = models.CharField(max_length=250, blank=True)
    byte_count = models.PositiveBigIntegerField(default=0)
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes of the upload that are here.")
    inspection = models.ForeignKey(
        "annotation_server.Job", null=True, on_delete=models.PROTECT, related_name="inspected_%(class)ss"
    )
    preview = models.JSONField(null=True, help_text="What a worker found in it.")
    job = models.ForeignKey(
        "annotation_server.Job", null=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        ordering = ["-id"]
