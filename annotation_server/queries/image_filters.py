"""Which images of a project somebody looks for."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_server.models import AltText, Caption, Image


@dataclass(frozen=True, kw_only=True)
class ImageFilter:
    """Empty fields let everything through. `withdrawn`: those that were taken down instead of the others. `duplicates`: only
    images that have near-duplicates. `text`: somewhere in an alt-text or a caption of any round."""

    split: str = ""
    source: str = ""
    domain: str = ""
    withdrawn: bool = False
    duplicates: bool = False
    cluster: int | None = None
    text: str = ""


def filtered_images(*, rows: QuerySet[Image], wanted: ImageFilter) -> QuerySet[Image]:
    """The rows that the filter lets through."""
    rows = rows.filter(withdrawn_at__isnull=not wanted.withdrawn)
    for name in ("split", "source", "domain"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.cluster is not None:
        rows = rows.filter(cluster=wanted.cluster)
    if wanted.duplicates:
        rows = rows.filter(has_duplicates())
    if wanted.text:
        in_alt_texts = AltText.objects.filter(image=OuterRef("pk"), text__icontains=wanted.text)
        in_captions = Caption.objects.filter(task__image=OuterRef("pk"), text__icontains=wanted.text)
        rows = rows.filter(Q(Exists(in_alt_texts)) | Q(Exists(in_captions)))
    return rows


def has_duplicates() -> Exists:
    """Whether another image that was not taken down is in the same cluster."""
    others = Image.objects.filter(cluster=OuterRef("cluster"), withdrawn_at=None)
    return Exists(others.exclude(pk=OuterRef("pk")))
