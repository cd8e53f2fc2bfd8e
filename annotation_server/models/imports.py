"""Images and their texts that somebody brings into a project, over the API or in the browser."""

from django.db import models
from django.db.models import Q

from annotation_server.models.upload import Upload


class Import(Upload):
    """One source of images for a project. It has a `file_name` and a `byte_count` (an upload) or an `address`.

    `rows_done`, `counts` and `journal_bytes` are written in the transaction of each chunk, so that an import that was killed
    resumes at the next row, its report and the file of its outcomes whole.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="imports")
    address = models.TextField(blank=True)
    options = models.JSONField(default=dict)
    rows_done = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    journal_bytes = models.PositiveBigIntegerField(default=0)

    class Meta(Upload.Meta):
        db_table = "import"
        constraints = [
            models.CheckConstraint(
                name="import_is_an_upload_or_an_address",
                condition=Q(address="") ^ Q(file_name=""),
            ),
            models.CheckConstraint(
                name="import_receives_what_it_said", condition=Q(received__lte=models.F("byte_count"))
            ),
        ]
