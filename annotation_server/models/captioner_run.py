"""The model in the loop: what a run may see, the run, how good it was, and the drafts it wrote."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

from annotation_server.choices import CaptionSource, RunState, Split


class TrainingSet(models.Model):
    """The frozen list of what a run may see. `sha256` is over its rows in order (see queries/runs/training_rows.py)."""

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="training_sets")
    through_round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="training_sets")
    row_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    left_out_count = models.PositiveIntegerField(
        default=0, help_text="Images with an accepted caption that look like a held-out one to the encoder."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "training_set"


class TrainingSetRow(models.Model):
    """One accepted caption of a training image. The database refuses held-out and withdrawn images (trigger)."""

    training_set = models.ForeignKey(TrainingSet, on_delete=models.PROTECT, related_name="rows")
    caption = models.ForeignKey("Caption", on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "training_set_row"
        constraints = [
            models.UniqueConstraint(name="training_set_row_one_per_image", fields=["training_set", "image"])
        ]


def run_name(*, through_round: int) -> str:
    """As the paper names models: by the rounds they saw."""
    return f"Altogether({through_round})"


class CaptionerRun(models.Model):
    """One training. Altogether(n) is the run that saw rounds 1 to n.

    `promoted` and `promotion_reason` are the gate's verdict (or an admin's): only a promoted run's drafts are used.
    """

    project = models.ForeignKey("Project", on_delete=models.PROTECT, related_name="captioner_runs")
    number = models.PositiveIntegerField()
    training_set = models.ForeignKey(TrainingSet, null=True, on_delete=models.PROTECT, related_name="runs")
    through_round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="captioner_runs")
    recipe = models.CharField(max_length=60)
    started_from = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="The base or run, with the SHA-256 of its checkpoint, whose weights it began with; {}: none.",
    )
    settings = models.JSONField(default=dict, help_text="The whole configuration that was used.")
    state = models.CharField(max_length=20, choices=RunState.choices, default=RunState.QUEUED)
    checkpoint = models.CharField(max_length=500, blank=True, help_text="Folder, relative to RUNS_ROOT.")
    report = models.JSONField(default=dict, help_text="Losses, steps, seconds, counts, warnings, samples.")
    promoted = models.BooleanField(null=True)
    promotion_reason = models.TextField(blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "captioner_run"
        ordering = ["project_id", "number"]
        constraints = [
            models.UniqueConstraint(name="captioner_run_number_once", fields=["project", "number"]),
            models.CheckConstraint(name="captioner_run_state_known", condition=Q(state__in=RunState.values)),
        ]

    @property
    def name(self) -> str:
        """By the rounds it saw."""
        return run_name(through_round=self.through_round.number)


class Evaluation(models.Model):
    """Metrics of one caption source on one split and slice (slice '' is everything)."""

    run = models.ForeignKey(CaptionerRun, null=True, on_delete=models.PROTECT, related_name="evaluations")
    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="evaluations")
    source = models.CharField(max_length=20, choices=CaptionSource.choices)
    split = models.CharField(max_length=10, choices=Split.choices, default=Split.EVAL)
    slice = models.CharField(max_length=250, blank=True, help_text="'' or 'domain=…' or 'source=…'.")
    metrics = models.JSONField()
    row_count = models.PositiveIntegerField()
    rows_sha256 = models.CharField(
        max_length=64, help_text="Over the ids of the reference captions, in order."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "evaluation"
        constraints = [
            models.UniqueConstraint(
                name="evaluation_once_per_run_and_slice", fields=["run", "source", "split", "slice"]
            ),
            models.CheckConstraint(
                name="evaluation_source_known", condition=Q(source__in=CaptionSource.values)
            ),
        ]


class DraftSet(models.Model):
    """One pass of a run over a project's images, with the decode settings that it used."""

    run = models.OneToOneField(CaptionerRun, on_delete=models.PROTECT, related_name="draft_set")
    decode = models.JSONField()
    row_count = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "draft_set"


class Draft(models.Model):
    """A machine's text for an image: never a flag on a human caption."""

    draft_set = models.ForeignKey(DraftSet, on_delete=models.PROTECT, related_name="drafts")
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="drafts")
    text = models.TextField()
    mean_logprob = models.FloatField(null=True, help_text="Mean natural-log probability of its tokens.")
    token_logprobs = models.JSONField(default=list, help_text="[[token, natural-log probability], …]")
    unsure = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="[start, end] of the words that its run was unsure of.",
    )
    clip_score = models.FloatField(null=True, help_text="100 × cosine of image and text, floored at 0.")
    finished = models.BooleanField(
        default=True, db_default=True, help_text="False for a text that was cut off at its limit."
    )

    class Meta:
        db_table = "draft"
        constraints = [
            models.UniqueConstraint(name="draft_one_per_image_and_set", fields=["draft_set", "image"])
        ]
