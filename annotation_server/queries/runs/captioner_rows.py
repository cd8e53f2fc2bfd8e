"""The rows that the captioner sees, as its manifests have them: for training, for evaluation, for drafting."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotation_server.choices import Split
from annotation_server.models import AltText, Caption, CaptionerRun, Image, Project, TrainingSetRow
from annotation_server.pictures.faces import boxes_within
from annotation_server.pictures.pixels import SIZES
from annotation_server.queries.runs.training_rows import captions_sha256, newest_accepted

CHUNK = 2_000


def _alt_texts(image_ids: list[int]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for image_id, text in AltText.objects.filter(image__in=image_ids).values_list("image_id", "text"):
        texts.setdefault(image_id, []).append(text)
    return texts


def _row(image: Image, row_id: int, alt_texts: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "row_id": str(row_id),
        "sha256": image.sha256,
        "alt_texts": [text for text in alt_texts.get(image.pk, []) if text],
        "source": image.source,
        "domain": image.domain,
        # The captioner opens the screen rendition, so its boxes are in that one's pixels.
        "face_boxes": boxes_within(
            image.face_boxes, width=image.width, height=image.height, longest=SIZES["screen"]
        ),
    }


def training_rows(*, run: CaptionerRun) -> Iterator[dict[str, Any]]:
    """The frozen training set of a run, in its order; row_id is the caption's id."""
    rows = TrainingSetRow.objects.filter(training_set=run.training_set).select_related("image", "caption")
    chunk = list(rows.order_by("image_id"))
    alt_texts = _alt_texts([row.image_id for row in chunk])
    for row in chunk:
        yield {**_row(row.image, row.caption_id, alt_texts), "caption": row.caption.text}


def evaluation_rows(*, run: CaptionerRun) -> tuple[list[dict[str, Any]], str]:
    """Held-out images with their newest accepted captions as references, and the hash of exactly these rows.

    row_id is the caption's id.
    """
    tasks = newest_accepted(
        project=run.project, split=Split.EVAL, through_round=run.through_round.number
    ).select_related("image", "current_caption__task__image")
    found = [(task.image, task.current_caption) for task in tasks if task.current_caption is not None]
    alt_texts = _alt_texts([image.pk for image, _ in found])
    rows = [{**_row(image, caption.pk, alt_texts), "references": [caption.text]} for image, caption in found]
    return rows, captions_sha256(caption for _, caption in found)


def hashes_of_captions(*, caption_ids: list[int]) -> dict[int, str]:
    """Per caption the SHA-256 of its image."""
    return dict(Caption.objects.filter(pk__in=caption_ids).values_list("pk", "task__image__sha256"))


def rows_of_images(*, images: QuerySet[Image]) -> Iterator[dict[str, Any]]:
    """These images with their alt-texts, in the order of their ids; row_id is the image's id."""
    last = 0
    while chunk := list(images.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        alt_texts = _alt_texts([image.pk for image in chunk])
        for image in chunk:
            yield _row(image, image.pk, alt_texts)


def drafting_rows(*, project: Project) -> Iterator[dict[str, Any]]:
    """Every image of the project that was not withdrawn; row_id is the image's id."""
    return rows_of_images(images=Image.objects.filter(project=project, withdrawn_at=None))
