"""Which images of a project somebody looks for."""

from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_server.models import AltText, Caption, Image, Task, User

# What so many images have is found soon when one image after the other is asked; what fewer have is looked up by itself.
FEW = 2_000


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
    "words_min": "current_caption__words__gte",
    "words_max": "current_caption__words__lte",
    "score_min": "current_caption__measure__clip_score__gte",
    "score_max": "current_caption__measure__clip_score__lte",
}


def filtered_images(*, rows: QuerySet[Image], wanted: ImageFilter) -> QuerySet[Image]:
    """The rows that the filter lets through: a statement, before which words and captions take one or two each."""
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
    if said := _of_the_caption(wanted):
        tasks = Task.objects.filter(**said)
        of_the_row = Exists(tasks.filter(image=OuterRef("pk")))
        rows = _narrowed(rows, (tasks.values_list("image_id"),), of_the_row)
    if wanted.text:
        alt_texts = AltText.objects.filter(text__icontains=wanted.text)
        captions = Caption.objects.filter(text__icontains=wanted.text)
        there = Exists(alt_texts.filter(image=OuterRef("pk"))) | Exists(
            captions.filter(task__image=OuterRef("pk"))
        )
        within = rows.values("pk")
        found = (
            alt_texts.filter(image__in=within).values_list("image_id"),
            captions.filter(task__image__in=within).values_list("task__image_id"),
        )
        rows = _narrowed(rows, found, there)
    return rows


def _of_the_caption(wanted: ImageFilter) -> dict[str, Any]:
    said = {
        lookup: value
        for name, lookup in OF_THE_CAPTION.items()
        if (value := getattr(wanted, name)) is not None
    }
    if wanted.annotator:
        # By number, of which the database knows how many captions have it.
        number = User.objects.filter(username=wanted.annotator).values_list("pk", flat=True).first()
        said["current_caption__annotator"] = number or 0
    return said


def _narrowed(
    rows: QuerySet[Image], found: tuple[QuerySet[Any, tuple[int]], ...], there: Exists | Q
) -> QuerySet[Image]:
    """The rows that are among `found`, which `there` asks of one row. The database takes one of the two ways for all words
    and people, and the wrong one takes a minute where the right one takes milliseconds."""
    ids = list(islice(chain.from_iterable(one.order_by()[: FEW + 1] for one in found), FEW + 1))
    return rows.filter(pk__in={pk for (pk,) in ids}) if len(ids) <= FEW else rows.filter(there)


def has_duplicates() -> Exists:
    """Whether another image that was not taken down is in the same cluster."""
    others = Image.objects.filter(cluster=OuterRef("cluster"), withdrawn_at=None)
    return Exists(others.exclude(pk=OuterRef("pk")))
