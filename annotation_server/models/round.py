"""A round of a project: everybody's tasks from one launch to one close."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import RoundState, StartingText, TaskOrder
from annotation_server.models.project import MOST_REVIEW_LEVELS

UNFINISHED = [RoundState.PREPARING, RoundState.OPEN, RoundState.CLOSING]


class Round(models.Model):
    """Round number n. Any number of rounds; one at a time per project."""

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=RoundState.choices, default=RoundState.PREPARING)
    starting_text = models.CharField(max_length=20, choices=StartingText.choices)
    drafting_run = models.ForeignKey(
        "CaptionerRun",
        null=True,
        on_delete=models.PROTECT,
        help_text="Whose drafts are shown or started from.",
    )
    annotators_per_image = models.PositiveSmallIntegerField(default=1)
    review_share = models.FloatField(default=0.0, help_text="Share of submissions that come up for review.")
    review_levels = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="How many reviewers accept a caption, one after the other."
    )
    review_level_names = models.JSONField(
        default=list, help_text="Who reviews at each level, in their order; further ones have no name."
    )
    people = models.JSONField(default=list, help_text="Ids of the people it is for; empty: every member.")
    cohort_shares = models.JSONField(
        default=dict, help_text="Share of the images by cohort id; empty: no cohorts, anybody gets any task."
    )
    lease_minutes = models.PositiveIntegerField(default=30)
    own_previous_allowed = models.BooleanField(
        default=False, help_text="May people edit their own caption of the previous round?"
    )
    order = models.CharField(max_length=20, choices=TaskOrder.choices, default=TaskOrder.IMPORTED)
    control_share = models.FloatField(
        default=0.0, help_text="Share of tasks that start without the draft, to measure what the draft does."
    )
    check_share = models.FloatField(
        default=0.0,
        db_default=0.0,
        help_text="Check tasks, as a share of the others: errors planted on purpose.",
    )
    seed = models.BigIntegerField(
        default=0, help_text="Of the random order, the sample, the control arm and the check tasks."
    )
    image_choice = models.JSONField(default=dict, help_text="Which images: the filter, as it was asked for.")
    launched_by = models.ForeignKey(
        "User", null=True, on_delete=models.PROTECT, related_name="launched_rounds"
    )
    created_at = models.DateTimeField(db_default=Now())
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "round"
        ordering = ["project_id", "number"]
        constraints = [
            models.UniqueConstraint(name="round_number_once_per_project", fields=["project", "number"]),
            models.UniqueConstraint(
                name="round_one_unfinished_per_project", fields=["project"], condition=Q(state__in=UNFINISHED)
            ),
            models.CheckConstraint(name="round_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(name="round_state_known", condition=Q(state__in=RoundState.values)),
            models.CheckConstraint(
                name="round_starting_text_known", condition=Q(starting_text__in=StartingText.values)
            ),
            models.CheckConstraint(
                name="round_drafts_need_a_run",
                condition=~Q(starting_text=StartingText.DRAFT) | Q(drafting_run__isnull=False),
            ),
            models.CheckConstraint(name="round_review_share_in_0_1", condition=Q(review_share__range=(0, 1))),
            models.CheckConstraint(
                name="round_control_share_in_0_1", condition=Q(control_share__range=(0, 1))
            ),
            models.CheckConstraint(name="round_check_share_in_0_1", condition=Q(check_share__range=(0, 1))),
            models.CheckConstraint(
                name="round_review_levels_1_to_5", condition=Q(review_levels__range=(1, MOST_REVIEW_LEVELS))
            ),
            models.CheckConstraint(name="round_order_known", condition=Q(order__in=TaskOrder.values)),
            models.CheckConstraint(name="round_lease_at_least_a_minute", condition=Q(lease_minutes__gte=1)),
            models.CheckConstraint(name="round_has_annotators", condition=Q(annotators_per_image__gte=1)),
        ]
