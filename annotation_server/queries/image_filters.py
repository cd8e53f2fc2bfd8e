"""Which images of a project somebody looks for."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_server.models import AltText, Caption, Image, Task


@dataclass(frozen=True, kw_only=True)
class ImageFilter:
    """Empty fields let everything through. `withdrawn`: those that were taken down instead of the others. `duplicates`: only
    images that have near-duplicates. `flagged`: in any round. `text`: somewhere in an alt-text or a caption of any round.

    `annotator`, the words and the score (the captioner's CLIP score, 0…100) are of one and the same caption, one that counts
    in its round.
    """

    split: str = ""
    source: str = ""
    domain: str = ""
    withdrawn: bool = False
    duplicates: bool = False
    flagged: bool = False
    cluster: int | None = None
    text: str = ""
    annotator: str = ""
    words_min: float | None = None
    words_max: float | None = None
    score_min: float | None = None
    score_max: float | None = None


OF_THE_CAPTION = {
    "annotator": "current_caption__annotator__username",
    "words_min": "current_caption__words__gte",
    "words_max": "current_caption__words__lte",
    "score_min": "current_caption__measure__clip_score__gte",
    "score_max": "current_caption__measure__clip_score__lte",
}


def filtered_images(*, rows: QuerySet[Image], wanted: ImageFilter) -> QuerySet[Image]:
    """The rows that the filter lets through: one statement."""
    rows = rows.filter(withdrawn_at__isnull=not wanted.withdrawn)
    for name in ("split", "source", "domain"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.cluster is not None:
        rows = rows.filter(cluster=wanted.cluster)
    if wanted.duplicates:
        rows = rows.filter(has_duplicates())
    if wanted.flagged:
        rows = rows.filter(Exists(Task.objects.filter(image=OuterRef("pk"), flagged=True)))
    if said := {
        lookup: value
        for name, lookup in OF_THE_CAPTION.items()
        if (value := getattr(wanted, name)) not in (None, "")
    }:
        rows = rows.filter(Exists(Task.objects.filter(image=OuterRef("pk"), **said)))
    if wanted.text:
        # Each is looked up once by its trigrams; asked for image by image, the texts would be read one after the other.
        in_alt_texts = AltText.objects.filter(text__icontains=wanted.text).values("image")
        in_captions = Caption.objects.filter(text__icontains=wanted.text).values("task__image")
        rows = rows.filter(Q(pk__in=in_alt_texts) | Q(pk__in=in_captions))
    return rows


def has_duplicates() -> Exists:
    """Whether another image that was not taken down is in the same cluster."""
    others = Image.objects.filter(cluster=OuterRef("cluster"), withdrawn_at=None)
    return Exists(others.exclude(pk=OuterRef("pk")))
