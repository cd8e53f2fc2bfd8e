"""A project: one annotation effort with its guidelines, members and settings."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import Role, StartFrom

MOST_REVIEW_LEVELS = 5


def default_skip_reasons() -> list[str]:
    """What most projects need."""
    return [
        "The picture cannot be made out",
        "I do not know what this is",
        "I would rather not look at this",
        "The text is in a language I do not read",
    ]


def default_flag_reasons() -> list[str]:
    """What most projects need."""
    return [
        "The alt-text is of another picture",
        "The guidelines do not cover this",
        "It shows private or unlawful things",
    ]


class Project(models.Model):
    """One annotation effort. The gate_* fields say when a captioner run is good enough to write drafts."""

    slug = models.SlugField(max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")])
    name = models.CharField(max_length=120)
    guidelines = models.TextField(blank=True, help_text="Markdown.")
    language = models.CharField(max_length=35, default="en", help_text="BCP 47.")
    caption_limit = models.PositiveIntegerField(default=10_000, help_text="Characters.")
    eval_share = models.FloatField(default=0.2, help_text="Share of images held out for evaluation.")
    blur_faces = models.BooleanField(
        default=True,
        db_default=True,
        help_text="Whether the faces of face_boxes are blurred in what is served.",
    )
    asks_for_concepts = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether a dropped concept needs a reason before submitting.",
    )
    captioner_recipe = models.CharField(max_length=60, blank=True, help_text="Empty: CAPTIONER_PRESET.")
    captioner_start = models.CharField(
        max_length=20, choices=StartFrom.choices, default=StartFrom.RECIPE, db_default=StartFrom.RECIPE
    )
    captioner_base = models.ForeignKey(
        "BaseCheckpoint", null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    gate_metric = models.CharField(max_length=40, default="cider")
    gate_margin = models.FloatField(
        default=1.0, help_text="A run must reach this multiple of what the alt-text itself scores."
    )
    gate_min_rows = models.PositiveIntegerField(
        default=20, help_text="Held-out captions needed to judge a run."
    )
    review_levels = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="How many reviewers accept a caption, one after the other."
    )
    review_level_names = models.JSONField(
        default=list,
        blank=True,
        help_text="Who reviews at each level, in their order; further ones have no name.",
    )
    skip_reasons = models.JSONField(
        default=default_skip_reasons, blank=True, help_text="Why a task may be passed on."
    )
    flag_reasons = models.JSONField(
        default=default_flag_reasons, blank=True, help_text="What a reviewer may be asked to look at."
    )
    release_reasons = models.JSONField(default=list, blank=True, help_text="Why a task may be given back.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "project"
        constraints = [
            models.CheckConstraint(name="project_eval_share_in_0_1", condition=Q(eval_share__range=(0, 1))),
            models.CheckConstraint(name="project_caption_limit_positive", condition=Q(caption_limit__gt=0)),
            models.CheckConstraint(
                name="project_review_levels_1_to_5", condition=Q(review_levels__range=(1, MOST_REVIEW_LEVELS))
            ),
            models.CheckConstraint(
                name="project_captioner_start_known", condition=Q(captioner_start__in=StartFrom.values)
            ),
            models.CheckConstraint(
                name="project_captioner_starts_from_a_base_it_has",
                condition=~Q(captioner_start=StartFrom.BASE) | Q(captioner_base__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """A person's role in a project. A paused member keeps their work and gets no new tasks."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    paused_at = models.DateTimeField(null=True)
    cohort = models.ForeignKey("Cohort", null=True, on_delete=models.PROTECT, related_name="memberships")
    guidelines_seen = models.PositiveIntegerField(
        default=0, db_default=0, help_text="The newest version of the guidelines that they have read."
    )
    practised_at = models.DateTimeField(null=True, help_text="When they had gone through the practice tasks.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint(name="membership_one_per_person", fields=["project", "user"]),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        ]
