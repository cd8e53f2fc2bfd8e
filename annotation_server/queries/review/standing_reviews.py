"""Which verdicts count. A reviewer may put a new one in the place of their acceptance: it is the same level's, of a later
revision, and the earlier one is history."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from annotation_server.models import Caption, Review


def reviews_at_hand() -> "tuple[str | Prefetch[str], ...]":
    """For prefetch_related() of captions: their tasks' captions with reviews and concepts, but those that were taken back: one
    person can make any number of them."""
    told = Review.objects.filter(caption=OuterRef("pk"))
    fix = Review.objects.filter(fixed_caption=OuterRef("pk"))
    kept = Caption.objects.filter(Exists(told) | Exists(fix) | ~has_a_later_one())
    return (
        Prefetch("task__captions", queryset=kept),
        "task__captions__reviews__reviewer",
        "task__captions__concepts",
    )


def has_a_later_one() -> Exists:
    """Of a caption: its author has handed in another one of the same task since."""
    later = Caption.objects.filter(
        task=OuterRef("task"), annotator=OuterRef("annotator"), pk__gt=OuterRef("pk")
    )
    return Exists(later)


def standing(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """The last one of each caption and level."""
    newer = Review.objects.filter(
        caption=OuterRef("caption"), level=OuterRef("level"), revision__gt=OuterRef("revision")
    )
    return reviews.exclude(Exists(newer))


def reviews_of(*, caption: Caption) -> list[Review]:
    """What counts of the caption and of those that it was fixed to, in the order of their levels.

    The caption's task has its captions with their reviews at hand (`reviews_at_hand`), so this asks nothing.
    """
    by_caption = {
        each.pk: last_of_each_level(list(each.reviews.all())) for each in caption.task.captions.all()
    }
    found: list[Review] = []
    read: int | None = caption.pk
    while read is not None:
        reviews = by_caption.get(read, [])
        found += reviews
        read = next((one.fixed_caption_id for one in reviews if one.fixed_caption_id), None)
    return found


def last_of_each_level(reviews: list[Review]) -> list[Review]:
    """Those of one caption that count."""
    by_level: dict[int, Review] = {}
    for review in sorted(reviews, key=lambda one: (one.level, one.revision)):
        by_level[review.level] = review
    return list(by_level.values())
