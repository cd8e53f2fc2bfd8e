"""What somebody brings in over the API or in the browser: a file that is uploaded piece by piece, or an address."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Import(models.Model):
    """One source on its way in. It has a `file_name` and a `byte_count` (an upload) or an `address`. Without a `project` it is
    the archive of one, uploaded.

    `inspection` is the job that looked into the source, `preview` what it found; `job` imports the rows. `rows_done`,
    `counts` and `journal_bytes` are written in the transaction of each chunk, so that an import that was killed goes on
    with the next row, its report and the file of its outcomes whole.
    """

    project = models.ForeignKey("Project", null=True, on_delete=models.PROTECT, related_name="imports")
    requested_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=250, blank=True)
    byte_count = models.PositiveBigIntegerField(default=0)
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes of the upload that are here.")
    address = models.TextField(blank=True)
    inspection = models.ForeignKey("Job", null=True, on_delete=models.PROTECT, related_name="inspects")
    preview = models.JSONField(null=True, help_text="Format, columns and first rows.")
    options = models.JSONField(default=dict)
    job = models.ForeignKey("Job", null=True, on_delete=models.PROTECT, related_name="imports")
    rows_done = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    journal_bytes = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "import"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_is_an_upload_or_an_address",
                condition=Q(address="") ^ Q(file_name=""),
            ),
            models.CheckConstraint(
                name="import_of_no_project_is_an_upload",
                condition=Q(project__isnull=False) | Q(address=""),
            ),
            models.CheckConstraint(
                name="import_receives_what_it_said", condition=Q(received__lte=models.F("byte_count"))
            ),
        ]
