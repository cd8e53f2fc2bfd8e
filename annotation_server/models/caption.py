"""What people wrote, what reviewers said of it, and what became of the alt-text's concepts. All append-only (triggers)."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper

from annotation_server.choices import ConceptOutcome, DropReason, Verdict
from annotation_server.models.project import MOST_REVIEW_LEVELS


class Caption(models.Model):
    """A submitted text. An edit is a new Caption that points at its parent; this one never changes.

    `parent` is the caption it was made from (of the previous round, or the one that was returned or fixed), `draft` and
    `alt_text` the machine's text or the alt-text it started from. `late`: the lease had run out and somebody else had the
    task; a reviewer decides.
    """

    task = models.ForeignKey("Task", on_delete=models.PROTECT, related_name="captions")
    annotator = models.ForeignKey("User", on_delete=models.PROTECT, related_name="captions")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    draft = models.ForeignKey(
        "Draft", null=True, on_delete=models.PROTECT, related_name="captions", db_index=False
    )
    alt_text = models.ForeignKey(
        "AltText", null=True, on_delete=models.PROTECT, related_name="captions", db_index=False
    )
    submission_id = models.UUIDField(unique=True)
    text = models.TextField()
    seconds = models.FloatField(null=True, help_text="Active seconds, as the editor counted them.")
    pasted_share = models.FloatField(null=True, help_text="Share of its characters that were pasted.")
    words = models.PositiveIntegerField(default=0)
    words_changed = models.PositiveIntegerField(
        default=0, help_text="Word-level edit distance from the starting text."
    )
    similarity = models.FloatField(
        default=1.0, help_text="1 − edit distance over the longer length, to the text it was started from."
    )
    parent_similarity = models.FloatField(null=True, help_text="The same to the parent caption.")
    check_passed = models.BooleanField(
        null=True, help_text="Of a check task: whether the planted error is gone. Null otherwise."
    )
    late = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "caption"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="caption_not_blank", condition=Q(text__regex=r"\S")),
            models.CheckConstraint(name="caption_seconds_not_negative", condition=Q(seconds__gte=0)),
            models.CheckConstraint(
                name="caption_pasted_share_in_0_1", condition=Q(pasted_share__range=(0, 1))
            ),
            models.CheckConstraint(name="caption_similarity_in_0_1", condition=Q(similarity__range=(0, 1))),
        ]
        # As Django writes `icontains`.
        indexes = [GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="caption_by_words")]


class Review(models.Model):
    """A verdict on a caption, one for each level of review.

    `fixed_caption` is the reviewer's own version where the verdict is `fixed`. A reviewer who accepted may decide once more,
    which is another review of a later `revision`; of each level the last one counts (queries/review/standing_reviews.py).
    """

    caption = models.ForeignKey(Caption, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    level = models.PositiveSmallIntegerField(default=1, db_default=1)
    revision = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="Counts the verdicts of one reviewer on the caption: only the last one counts.",
    )
    reviewer = models.ForeignKey("User", on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    anchor = models.JSONField(
        null=True, help_text="[start, end]: the characters of the caption that it is about."
    )
    fixed_caption = models.OneToOneField(
        Caption, null=True, on_delete=models.PROTECT, related_name="made_by_review"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "review"
        ordering = ["level", "revision"]
        constraints = [
            models.UniqueConstraint(name="review_one_per_level", fields=["caption", "level", "revision"]),
            models.UniqueConstraint(
                name="review_one_per_reviewer", fields=["caption", "reviewer", "revision"]
            ),
            models.CheckConstraint(
                name="review_level_1_to_5", condition=Q(level__range=(1, MOST_REVIEW_LEVELS))
            ),
            models.CheckConstraint(name="review_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="review_fix_iff_fixed",
                condition=Q(verdict=Verdict.FIXED, fixed_caption__isnull=False)
                | (~Q(verdict=Verdict.FIXED) & Q(fixed_caption__isnull=True)),
            ),
            models.CheckConstraint(
                name="review_return_says_why",
                condition=~Q(verdict=Verdict.RETURNED) | Q(comment__regex=r"\S"),
            ),
        ]


class Adjudication(models.Model):
    """Several people captioned an image in a round, and somebody chose: one of the captions, or a merged one.

    `seen` are the ids of the captions that were compared.
    """

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="adjudications", db_index=False)
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="adjudications")
    chosen = models.OneToOneField(Caption, on_delete=models.PROTECT, related_name="chosen_by")
    merged = models.BooleanField(default=False)
    seen = models.JSONField()
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="adjudications")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "adjudication"
        constraints = [models.UniqueConstraint(name="adjudication_once_per_image", fields=["round", "image"])]


class Concept(models.Model):
    """A concrete phrase of an image's alt-texts, and what one caption did with it."""

    caption = models.ForeignKey(Caption, on_delete=models.PROTECT, related_name="concepts")
    phrase = models.CharField(max_length=500)
    outcome = models.CharField(max_length=20, choices=ConceptOutcome.choices)
    reason = models.CharField(max_length=20, choices=DropReason.choices, blank=True)

    class Meta:
        db_table = "concept"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="concept_once_per_caption", fields=["caption", "phrase"]),
            models.CheckConstraint(
                name="concept_outcome_known", condition=Q(outcome__in=ConceptOutcome.values)
            ),
            models.CheckConstraint(
                name="concept_reason_only_when_dropped",
                condition=Q(outcome=ConceptOutcome.DROPPED) | Q(reason=""),
            ),
        ]
