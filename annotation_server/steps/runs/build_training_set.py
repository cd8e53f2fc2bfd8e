"""After a round closed: freeze what a run may see, and ask for the run."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, RoundState, Split
from annotation_server.models import CaptionerRun, Project, Round, TrainingSet, TrainingSetRow, User
from annotation_server.queries.images.held_out_lookalikes import looks_held_out
from annotation_server.queries.runs.training_rows import newest_accepted, rows_sha256
from annotation_server.rules.captioner_start import captioner_start
from annotation_server.rules.chain_end import measure_next
from annotation_server.rules.locks import hold_project

Row = tuple[str, int, str, int]

NOTHING = (
    "No accepted caption of a training image that looks like no held-out one: no run was started. "
    "Annotate some images in the next round."
)


def build_training_set(*, round: Round, hold: jobs.Hold, requested_by: User | None) -> CaptionerRun | None:
    """Freeze the accepted captions of training images through this round, close the round, and queue a captioner run.

    None when there is no row to train on: the round is closed all the same, and the job's result says so.
    """
    project = round.project
    with transaction.atomic():
        hold_project(project_id=project.pk)
        training_set = _freeze(project=project, round=round)
        Round.objects.filter(pk=round.pk, state=RoundState.CLOSING).update(
            state=RoundState.CLOSED, closed_at=Now()
        )
        if training_set is None:
            measure_next(round=round)
            jobs.finish(hold=hold, result={"rows": 0, "note": NOTHING})
            return None
        run = _queue_run(project=project, round=round, training_set=training_set, requested_by=requested_by)
        jobs.finish(
            hold=hold, result={"rows": training_set.row_count, "sha256": training_set.sha256, "run": run.pk}
        )
        return run


def _freeze(*, project: Project, round: Round) -> TrainingSet | None:
    newest = newest_accepted(project=project, split=Split.TRAIN, through_round=round.number)
    rows: list[Row] = []
    left_out = 0
    columns = ("image__sha256", "current_caption_id", "current_caption__text", "image_id")
    for *row, held_out in newest.annotate(held_out=looks_held_out()).values_list(*columns, "held_out"):
        if held_out:
            left_out += 1
        else:
            rows.append(tuple(row))
    if not rows:
        return None
    training_set = TrainingSet.objects.create(
        project=project,
        through_round=round,
        row_count=len(rows),
        left_out_count=left_out,
        sha256=rows_sha256((sha256, caption_id, text) for sha256, caption_id, text, _ in rows),
    )
    TrainingSetRow.objects.bulk_create(
        [
            TrainingSetRow(training_set=training_set, caption_id=caption_id, image_id=image_id)
            for _, caption_id, _, image_id in rows
        ],
        batch_size=5_000,
    )
    return training_set


def _queue_run(
    *, project: Project, round: Round, training_set: TrainingSet, requested_by: User | None
) -> CaptionerRun:
    last: int = CaptionerRun.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    run = CaptionerRun.objects.create(
        project=project,
        number=last + 1,
        through_round=round,
        training_set=training_set,
        recipe=project.captioner_recipe or settings.CAPTIONER_PRESET,
        started_from=captioner_start(project=project),
    )
    jobs.enqueue(
        kind=JobKind.TRAIN_CAPTIONER, project=project, round=round, run=run, requested_by=requested_by
    )
    audit.record(
        actor=requested_by,
        verb="captioner_run.queued",
        subject=run,
        project=project,
        after={
            "training_set": training_set.pk,
            "rows": training_set.row_count,
            "recipe": run.recipe,
            "started_from": run.started_from,
        },
    )
    return run
