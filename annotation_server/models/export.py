"""A frozen selection, written out with a manifest."""

from django.db import models
from django.db.models.functions import Now


class Export(models.Model):
    """What was exported, where it lies, and the manifest that proves it. With `run` it holds that captioner's captions of
    the project's images, else people's captions of the round.

    Made again from the same rows and settings it is the same bytes, so `manifest_sha256` must come out equal.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="exports")
    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="exports")
    run = models.ForeignKey("CaptionerRun", null=True, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    requested_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="exports")
    folder = models.CharField(max_length=1000, blank=True)
    row_count = models.PositiveBigIntegerField(null=True)
    manifest = models.JSONField(null=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    previous = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="The last one of its kind."
    )
    changes = models.JSONField(null=True, help_text="How many rows were added, changed and gone since then.")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "export"
        ordering = ["-id"]


class ExportImage(models.Model):
    """An image that an export holds: how a takedown finds every release that has it.

    `digests` are of the fields of its row (releases/row_index.py): what the next export of its kind is compared with.
    """

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="export_images")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="+")
    digests = models.BinaryField(null=True)

    class Meta:
        db_table = "export_image"
        constraints = [models.UniqueConstraint(name="export_image_once", fields=["export", "image"])]
