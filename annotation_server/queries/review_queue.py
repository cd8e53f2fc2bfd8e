"""What waits for a reviewer in a round: the sample, everything flagged, failed checks, and captions that came in late."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotation_server.choices import TaskState
from annotation_server.models import Caption, Review, Round, Task, User


def review_queue(*, round: Round, reviewer: User) -> QuerySet[Caption]:
    """Captions to decide on, oldest first, none that the reviewer wrote or has reviewed. Five queries."""
    waiting = Q(task__state=TaskState.SUBMITTED, task__current_caption=F("id")) & (
        Q(task__needs_review=True) | Q(task__flagged=True)
    )
    reviews = Review.objects.filter(caption=OuterRef("pk"))
    return (
        Caption.objects.filter(waiting | Q(~Exists(reviews), late=True), task__round=round)
        .exclude(annotator=reviewer)
        .exclude(Exists(reviews.filter(reviewer=reviewer)))
        .select_related("task__image__project", "task__round", "annotator")
        .prefetch_related("task__image__alt_texts", "task__captions__reviews__reviewer")
        .order_by("id")
    )


def earlier_reviews(*, caption: Caption) -> list[Review]:
    """What earlier levels said of the caption and of those that it was fixed from, of a caption from the queue."""
    reviews = [review for each in caption.task.captions.all() for review in each.reviews.all()]
    read_for = {review.fixed_caption_id: review.caption_id for review in reviews}
    chain = [caption.pk]
    while (read := read_for.get(chain[-1])) is not None:
        chain.append(read)
    return sorted((review for review in reviews if review.caption_id in chain), key=lambda each: each.level)


@dataclass(frozen=True, kw_only=True)
class Sibling:
    """The current caption of another slot of the same image."""

    task: int
    caption: int
    annotator: str
    text: str


def siblings(*, round: Round, captions: list[Caption]) -> dict[int, list[Sibling]]:
    """By image, every current caption of the images of these captions in the round. One query, none without overlap."""
    found: dict[int, list[Sibling]] = {}
    if round.annotators_per_image == 1:
        return found
    images = {caption.task.image_id for caption in captions}
    tasks = Task.objects.filter(round=round, image__in=images, check_kind="").select_related(
        "current_caption__annotator"
    )
    for task in tasks.order_by("image_id", "slot"):
        if task.current_caption is not None:
            sibling = Sibling(
                task=task.pk,
                caption=task.current_caption.pk,
                annotator=task.current_caption.annotator.username,
                text=task.current_caption.text,
            )
            found.setdefault(task.image_id, []).append(sibling)
    return found
