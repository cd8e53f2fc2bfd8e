"""Long work. Postgres is the truth about it; the broker only wakes a worker up."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation_server.choices import JobKind, JobState

UNFINISHED = [JobState.QUEUED, JobState.RUNNING]
# Their project is not there yet, or they are for all projects.
OF_NO_PROJECT = [JobKind.INSPECT_ARCHIVE, JobKind.IMPORT_ARCHIVE, JobKind.INSPECT_BASE]


class Job(models.Model):
    """One piece of long work with its heartbeat, its fencing token and how far it got.

    A worker that takes the job raises `fencing_token`; every later write names the token, so a worker that was thought
    dead and wakes up again changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, choices=JobKind.choices)
    project = models.ForeignKey("Project", null=True, on_delete=models.PROTECT, related_name="jobs")
    round = models.ForeignKey("Round", null=True, on_delete=models.PROTECT, related_name="jobs")
    run = models.ForeignKey("CaptionerRun", null=True, on_delete=models.PROTECT, related_name="jobs")
    export = models.ForeignKey("Export", null=True, on_delete=models.PROTECT, related_name="jobs")
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    requested_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="jobs")
    fencing_token = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(db_default=Now())
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "job"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(name="job_kind_known", condition=Q(kind__in=JobKind.values)),
            models.CheckConstraint(
                name="job_has_a_project_unless_it_brings_one",
                condition=Q(project__isnull=False) ^ Q(kind__in=OF_NO_PROJECT),
            ),
            models.UniqueConstraint(
                name="job_one_unfinished_per_run",
                fields=["run", "kind"],
                condition=Q(state__in=UNFINISHED),
            ),
        ]
        indexes = [
            models.Index(
                name="job_unfinished_by_heartbeat",
                fields=["heartbeat_at"],
                condition=Q(state__in=UNFINISHED),
            ),
            models.Index(name="job_by_project", fields=["project", "-created_at"]),
        ]
