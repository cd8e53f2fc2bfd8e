"""What is captioned: images, the near-duplicate clusters that share a split, and the texts that came along."""

from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper

from annotation_server.choices import Split

# The perceptual hash is looked up by four bands of 16 bits: two hashes that differ in at most three bits share a band.
BAND_SHIFTS = (0, 16, 32, 48)
BAND_MASK = 0xFFFF


class ImageCluster(models.Model):
    """Images that are near-duplicates of each other. The split belongs to the cluster and never changes (trigger)."""

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="image_clusters")
    split = models.CharField(max_length=10, choices=Split.choices)

    class Meta:
        db_table = "image_cluster"
        constraints = [
            models.CheckConstraint(name="image_cluster_split_known", condition=Q(split__in=Split.values)),
            models.UniqueConstraint(name="image_cluster_id_and_split", fields=["id", "split"]),
        ]


class Image(models.Model):
    """One picture of a project, addressed by the SHA-256 of its bytes.

    `perceptual_hash` is a 64-bit difference hash, signed, `colour_grid` the picture in 8 × 8 colours (see
    queries/images/near_duplicates.py). (cluster, split) refers to ImageCluster(id, split), so an image cannot be in another
    split than its near-duplicates.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="images")
    cluster = models.ForeignKey(ImageCluster, on_delete=models.PROTECT, related_name="images")
    sha256 = models.CharField(max_length=64)
    split = models.CharField(max_length=10, choices=Split.choices)
    perceptual_hash = models.BigIntegerField()
    colour_grid = models.BinaryField(default=b"", help_text="8 × 8 mean colours, RGB, row by row.")
    file_name = models.CharField(max_length=200, help_text="Name in the storage, from the hash.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    byte_count = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=40)
    source = models.CharField(max_length=200, blank=True)
    domain = models.CharField(max_length=200, blank=True)
    source_key = models.CharField(max_length=500, blank=True, help_text="The source's own id.")
    image_url = models.TextField(blank=True, help_text="Where the picture was fetched, or may be.")
    page_url = models.TextField(blank=True, help_text="The page that showed it.")
    licence = models.CharField(max_length=200, blank=True)
    face_boxes = models.JSONField(
        default=list, help_text="[[x0, y0, x1, y1], …] in pixels of the upright image."
    )
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken down at its source's request.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "image"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="image_once_per_project", fields=["project", "sha256"]),
            models.CheckConstraint(name="image_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="image_has_pixels", condition=Q(width__gt=0, height__gt=0)),
        ]
        indexes = [
            # Looking near-duplicates up, all but the few that are near are told from these indexes alone.
            models.Index(
                name="image_by_perceptual_hash", fields=["project", "perceptual_hash"], include=["id"]
            ),
            *(
                models.Index(
                    "project",
                    F("perceptual_hash").bitrightshift(shift).bitand(BAND_MASK),
                    name=f"image_by_hash_band_{shift}",
                    include=["perceptual_hash", "id"],
                )
                for shift in BAND_SHIFTS
            ),
            HashIndex(name="image_by_image_url", fields=["image_url"], condition=~Q(image_url="")),
        ]


class AltText(models.Model):
    """A text that came with the image, in the order in which it came."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="alt_texts")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    phrases = models.JSONField(
        null=True, help_text="Its concrete phrases; null: nobody has looked for them yet."
    )

    class Meta:
        db_table = "alt_text"
        ordering = ["image_id", "position"]
        constraints = [
            models.UniqueConstraint(name="alt_text_one_per_position", fields=["image", "position"])
        ]
        # As Django writes `icontains`.
        indexes = [GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="alt_text_by_words")]
