"""A task: one image in one round for one annotator slot, who holds it, and what they have typed so far."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now

from annotation_server.choices import CheckKind, StartingText, TaskState

HELD_OR_DONE = [TaskState.CLAIMED, TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.RETURNED]


class Task(models.Model):
    """The starting text is copied in at launch and never changes (trigger).

    `alt_text`, `previous_caption` and `draft` are the texts that were there at launch; `starting_source` tells which one was
    copied. A claimed task has a lease until `lease_expires_at` by the database's clock. `previous_annotator` is the author
    of the previous caption where the round forbids people to edit their own.

    A check task (`check_kind`) looks like any other to the annotator, but an error was planted into its starting text:
    `check_wrong` in the place of `check_right`. What comes of it is never exported and never trained on.

    Most foreign keys have no index of their own: nothing looks tasks up by them, and a launch writes a million rows.
    """

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="tasks", db_index=False)
    image = models.ForeignKey("Image", on_delete=models.PROTECT, related_name="tasks")
    slot = models.PositiveSmallIntegerField(default=0)
    cohort = models.ForeignKey(
        "Cohort",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Whom it is for.",
    )
    position = models.PositiveBigIntegerField(help_text="The order in which tasks are handed out.")
    state = models.CharField(max_length=20, choices=TaskState.choices, default=TaskState.PENDING)
    starting_text = models.TextField(blank=True)
    starting_source = models.CharField(max_length=20, choices=StartingText.choices)
    alt_text = models.ForeignKey(
        "AltText", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    previous_caption = models.ForeignKey(
        "Caption", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    draft = models.ForeignKey("Draft", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    previous_annotator = models.ForeignKey(
        "User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    annotator = models.ForeignKey(
        "User", null=True, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    lease_expires_at = models.DateTimeField(null=True)
    current_caption = models.ForeignKey(
        "Caption", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    control = models.BooleanField(
        default=False, db_default=False, help_text="In the control arm: started without the draft."
    )
    check_kind = models.CharField(
        max_length=20, choices=CheckKind.choices, blank=True, default="", db_default=""
    )
    check_wrong = models.TextField(blank=True, default="", db_default="", help_text="What was planted.")
    draft_unsure = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="[start, end] of the words of the draft, as it is shown, that the captioner was unsure of.",
    )
    check_right = models.TextField(blank=True, default="", db_default="", help_text="What stood there.")
    needs_review = models.BooleanField(default=False)
    review_level = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How many levels of review its current caption has passed."
    )
    preferred = models.BooleanField(
        default=False, db_default=False, help_text="Its caption was picked, or merged, out of several."
    )
    flagged = models.BooleanField(default=False)
    flag_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    flag_note = models.TextField(blank=True)

    class Meta:
        db_table = "task"
        constraints = [
            models.UniqueConstraint(name="task_one_per_slot", fields=["round", "image", "slot"]),
            models.UniqueConstraint(
                name="task_nobody_gets_an_image_twice",
                fields=["round", "image", "annotator"],
                condition=Q(annotator__isnull=False),
            ),
            models.CheckConstraint(name="task_state_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="task_lease_iff_claimed",
                condition=Q(state=TaskState.CLAIMED, lease_expires_at__isnull=False)
                | (~Q(state=TaskState.CLAIMED) & Q(lease_expires_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="task_held_or_done_by_somebody",
                condition=~Q(state__in=HELD_OR_DONE) | Q(annotator__isnull=False),
            ),
            models.CheckConstraint(
                name="task_pending_is_nobodys",
                condition=~Q(state=TaskState.PENDING) | Q(annotator__isnull=True),
            ),
            models.CheckConstraint(
                name="task_done_has_a_caption",
                condition=~Q(state__in=[TaskState.SUBMITTED, TaskState.ACCEPTED, TaskState.RETURNED])
                | Q(current_caption__isnull=False),
            ),
            models.CheckConstraint(
                name="task_check_says_what_was_planted",
                condition=Q(check_kind="", check_wrong="", check_right="")
                | (Q(check_kind__in=CheckKind.values) & ~Q(check_wrong="")),
            ),
            models.CheckConstraint(
                name="task_not_own_previous_caption",
                condition=Q(previous_annotator__isnull=True)
                | Q(annotator__isnull=True)
                | ~Q(annotator=F("previous_annotator")),
            ),
        ]
        indexes = [
            models.Index(
                "round",
                Coalesce("cohort", 0),
                "position",
                name="task_pending_in_order",
                condition=Q(state=TaskState.PENDING),
            ),
            models.Index(
                name="task_leases_by_expiry",
                fields=["round", "lease_expires_at"],
                condition=Q(state=TaskState.CLAIMED),
            ),
            models.Index(
                name="task_reopened_by_expiry",
                fields=["round", "lease_expires_at"],
                condition=Q(state=TaskState.CLAIMED, current_caption__isnull=False),
            ),
            models.Index(
                name="task_held_by_person",
                fields=["annotator", "round"],
                condition=Q(state__in=[TaskState.CLAIMED, TaskState.RETURNED]),
            ),
            models.Index(name="task_by_round_and_state", fields=["round", "state"]),
        ]


class WorkingCopy(models.Model):
    """The not-yet-submitted text of one person on one task. Made by the claim, so it also tells who ever held the task.

    Each save names the version it started from and makes the next one, so two tabs cannot overwrite each other.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="working_copies", db_index=False)
    annotator = models.ForeignKey("User", on_delete=models.PROTECT, related_name="working_copies")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0, db_default=0)
    saved_at = models.DateTimeField(db_default=Now())
    lease_lost = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The task became somebody else's while it was held (trigger): the text may still come in, once, as late.",
    )
    concepts = models.JSONField(
        null=True,
        help_text="What they decided on the alt-texts' phrases since their last submission, [{phrase, outcome, reason}]; null: "
        "nothing, so what their caption says stands.",
    )

    class Meta:
        db_table = "working_copy"
        constraints = [
            models.UniqueConstraint(name="working_copy_one_per_person", fields=["task", "annotator"])
        ]


class Skip(models.Model):
    """Somebody passed a task on, and why. They are not offered that image again in the round."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="skips")
    annotator = models.ForeignKey("User", on_delete=models.PROTECT, related_name="skips")
    reason = models.CharField(
        max_length=200, blank=True, help_text="One of the project's; empty: in the note."
    )
    note = models.TextField(blank=True, default="", db_default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "skip"
        constraints = [models.UniqueConstraint(name="skip_once_per_person", fields=["task", "annotator"])]


class ClaimBookmark(models.Model):
    """How far down a round's order somebody has been given tasks: their next claim looks from there on.

    Claims of one person go one after the other, because each locks this row first.
    """

    round = models.ForeignKey("Round", on_delete=models.CASCADE, related_name="+", db_index=False)
    annotator = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "claim_bookmark"
        constraints = [
            models.UniqueConstraint(name="claim_bookmark_one_per_person", fields=["round", "annotator"])
        ]
