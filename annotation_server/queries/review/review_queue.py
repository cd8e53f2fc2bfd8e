"""What waits for a reviewer in a round: the sample, everything flagged, failed checks, and captions that came in late."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from annotation_server.choices import TaskState, Verdict
from annotation_server.models import Adjudication, Caption, Review, Round, Task, User
from annotation_server.queries.review.standing_reviews import last_of_each_level, reviews_at_hand, standing


def review_queue(*, round: Round, reviewer: User) -> QuerySet[Caption]:
    """Captions to decide on, oldest first, none that the reviewer wrote or has reviewed. Seven queries."""
    waiting = Q(task__state=TaskState.SUBMITTED, task__current_caption=F("id")) & (
        Q(task__needs_review=True) | Q(task__flagged=True)
    )
    reviews = Review.objects.filter(caption=OuterRef("pk"))
    return (
        Caption.objects.filter(waiting | Q(~Exists(reviews), late=True), task__round=round)
        .exclude(annotator=reviewer)
        .exclude(Exists(reviews.filter(reviewer=reviewer)))
        .select_related("task__image__project", "task__round", "annotator")
        .prefetch_related("task__image__alt_texts", *reviews_at_hand())
        .order_by("id")
    )


def revisable(*, round: Round, reviewer: User) -> QuerySet[Caption]:
    """Captions that the reviewer accepted and may decide on once more, the last accepted one first: nobody else has decided
    since. Seven queries."""
    own = standing(Review.objects.filter(reviewer=reviewer, verdict=Verdict.ACCEPTED)).filter(
        caption=OuterRef("pk"), level=OuterRef("task__review_level")
    )
    chosen = Adjudication.objects.filter(round=round, image=OuterRef("task__image"))
    return (
        Caption.objects.filter(
            task__round=round,
            task__current_caption=F("id"),
            task__state__in=[TaskState.SUBMITTED, TaskState.ACCEPTED],
        )
        .annotate(accepted_by_reviewer=Subquery(own.values("pk")[:1]))
        .filter(~Exists(chosen), accepted_by_reviewer__isnull=False)
        .select_related("task__image__project", "task__round", "annotator")
        .prefetch_related("task__image__alt_texts", *reviews_at_hand())
        .order_by("-accepted_by_reviewer")
    )


def earlier_reviews(*, caption: Caption) -> list[Review]:
    """What counts of what earlier levels said of the caption, and of those that it was fixed from: of one from the queue."""
    by_caption = {each.pk: list(each.reviews.all()) for each in caption.task.captions.all()}
    reviews = [review for of_caption in by_caption.values() for review in of_caption]
    read_for = {review.fixed_caption_id: review.caption_id for review in reviews}
    chain = [caption.pk]
    while (read := read_for.get(chain[-1])) is not None:
        chain.append(read)
    return [review for read in reversed(chain) for review in last_of_each_level(by_caption.get(read, []))]


@dataclass(frozen=True, kw_only=True)
class Sibling:
    """The current caption of another slot of the same image."""

    task: int
    caption: int
    annotator: str
    text: str


def siblings(*, round: Round, captions: Sequence[Caption]) -> dict[int, list[Sibling]]:
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
