"""What an image looks like to the captioner's encoder, and how people's captions read to it, as vectors of pgvector's."""

from typing import Any

from django.db import models


class VectorField(models.Field):  # type: ignore[type-arg]  # not generic where it runs
    """pgvector's `vector`, of any width: encoders differ. Indexes are made for each width (see the migrations)."""

    def db_type(self, connection: Any) -> str:
        """Its name in Postgres."""
        return "vector"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[float] | None:
        """From "[1,2,3]"."""
        return None if value is None else [float(number) for number in value[1:-1].split(",")]

    def get_prep_value(self, value: Any) -> str | None:
        """To "[1,2,3]"."""
        return None if value is None else as_vector(value)


def as_vector(numbers: list[float]) -> str:
    """As Postgres reads a vector."""
    return f"[{','.join(map(str, numbers))}]"


class ImageEmbedding(models.Model):
    """One image as one encoder sees it. Computed from the picture, so it can always be recomputed."""

    image = models.ForeignKey("Image", on_delete=models.CASCADE, related_name="embeddings")
    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    encoder = models.CharField(max_length=300, help_text="The encoder's key: its weights and preprocessing.")
    vector = VectorField()
    alt_text_score = models.FloatField(
        null=True,
        help_text="100 × cosine to its first alt-text that is not empty, floored at 0. Null: none, or not compared yet.",
    )
    compared_down_to = models.FloatField(
        null=True,
        help_text="The cosine down to which near-duplicates in the other split were looked for. Null: not yet.",
    )

    class Meta:
        db_table = "image_embedding"
        constraints = [
            models.UniqueConstraint(name="image_embedding_once_per_encoder", fields=["image", "encoder"])
        ]
        indexes = [models.Index(name="image_embedding_by_encoder", fields=["project", "encoder"])]


class HeldOutLookalike(models.Model):
    """A training image that an encoder takes for a held-out one, where the hash of neither import did: splits never change, so
    it stays in its own and is left out of training sets. Can always be recomputed (see steps/images/embed_images.py)."""

    image = models.ForeignKey(
        "Image", on_delete=models.CASCADE, related_name="held_out_lookalikes", db_index=False
    )
    held_out = models.ForeignKey("Image", on_delete=models.CASCADE, related_name="training_lookalikes")
    encoder = models.CharField(max_length=300, help_text="The encoder's key: its weights and preprocessing.")
    likeness = models.FloatField(help_text="Cosine of the two embeddings.")

    class Meta:
        db_table = "held_out_lookalike"
        constraints = [
            models.UniqueConstraint(name="held_out_lookalike_once_per_pair", fields=["image", "held_out"]),
            models.CheckConstraint(
                name="held_out_lookalike_of_another_image", condition=~models.Q(image=models.F("held_out"))
            ),
        ]


class CaptionMeasure(models.Model):
    """A caption as the captioner's encoder reads it, and how well it fits its image and other people's captions of it.

    Can always be recomputed (see steps/rounds/measure_captions.py). `cider` compares with the captions of that moment.
    """

    caption = models.OneToOneField("Caption", on_delete=models.CASCADE, related_name="measure")
    encoder = models.CharField(max_length=300, help_text="The encoder's key: its weights and preprocessing.")
    vector = VectorField()
    clip_score = models.FloatField(help_text="100 × cosine of image and text, floored at 0.")
    cider = models.FloatField(
        null=True,
        help_text="CIDEr-D against other people's first captions of the image. Null: it is no first one, or there are none.",
    )

    class Meta:
        db_table = "caption_measure"
