"""Images that several people captioned in a round, where nobody has chosen yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from annotation_server.choices import TaskState
from annotation_server.models import Adjudication, Image, Round, Task, User

HANDED_IN = [TaskState.SUBMITTED, TaskState.ACCEPTED]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of the captions to choose from."""

    task: int
    caption: int
    annotator: str
    text: str
    seconds: float | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """An image with its captions, by slot. `starting_text` is the first slot's."""

    image: Image
    starting_text: str
    alt_texts: list[str]
    captions: list[Candidate]


def undecided_images(*, round: Round, reviewer: User) -> QuerySet[Task, Any]:
    """`image` by `image`, the images in which several people's captions wait for a choice, none that the reviewer captioned."""
    own = Task.objects.filter(round=round, image=OuterRef("image"), current_caption__annotator=reviewer)
    decided = Adjudication.objects.filter(round=round, image=OuterRef("image"))
    return (
        Task.objects.filter(round=round, check_kind="", state__in=HANDED_IN)
        .exclude(Exists(own))
        .exclude(Exists(decided))
        .order_by("image")
        .values("image")
        .annotate(handed_in=Count("pk"))
        .filter(handed_in__gt=1)
    )


def adjudication_queue(*, round: Round, reviewer: User, limit: int) -> list[Undecided]:
    """The first images by id, none that the reviewer captioned. Three queries, however many images."""
    if round.annotators_per_image == 1:
        return []
    several = undecided_images(round=round, reviewer=reviewer)
    tasks = (
        Task.objects.filter(
            round=round,
            check_kind="",
            state__in=HANDED_IN,
            image__in=[row["image"] for row in several[:limit]],
        )
        .select_related("image__project", "current_caption__annotator")
        .prefetch_related("image__alt_texts")
        .order_by("image", "slot")
    )
    by_image: dict[int, list[Task]] = {}
    for task in tasks:
        by_image.setdefault(task.image_id, []).append(task)
    return [_undecided(of_image) for of_image in by_image.values()]


def _undecided(tasks: list[Task]) -> Undecided:
    captions = [(task, task.current_caption) for task in tasks]
    return Undecided(
        image=tasks[0].image,
        starting_text=tasks[0].starting_text,
        alt_texts=[one.text for one in tasks[0].image.alt_texts.all()],
        captions=[
            Candidate(
                task=task.pk,
                caption=caption.pk,
                annotator=caption.annotator.username,
                text=caption.text,
                seconds=caption.seconds,
                created_at=caption.created_at,
            )
            for task, caption in captions
            if caption is not None
        ],
    )
