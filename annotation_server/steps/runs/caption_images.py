"""A captioner run captions the project's images in bulk; what it wrote goes out as an export with a manifest.

Unlike drafts, these captions never reach an annotator: any run that was trained may write them, with or without the
alt-texts, also for images that came after its drafts.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import JobKind, Split
from annotation_server.errors import InvalidSettings, ServiceUnavailable
from annotation_server.files.checksums import file_entries
from annotation_server.files.trees import remove_tree
from annotation_server.models import CaptionerRun, Export, Image, User
from annotation_server.models.job import UNFINISHED
from annotation_server.options.caption_images import CaptioningChoices, CaptioningOptions
from annotation_server.queries.exports.export_manifest import manifest_of, told_of_run
from annotation_server.queries.runs.captioner_rows import rows_of_images
from annotation_server.releases.release import new_release, write_manifest
from annotation_server.rules.locks import hold_project

FORMAT = "run_captions"


def request_captions(*, run: CaptionerRun, choices: CaptioningChoices, requested_by: User | None) -> Export:
    """Have a worker of the captioner write them. The same ones under way already are enough. Raises InvalidSettings."""
    if not run.checkpoint:
        raise InvalidSettings(
            f"Run {run.number} was not trained, so it can caption nothing. Choose another run."
        )
    with transaction.atomic():
        hold_project(project_id=run.project_id)
        last = Image.objects.filter(project=run.project).aggregate(last=Max("pk"))["last"]
        options = CaptioningOptions(
            with_alt_text=choices.with_alt_text,
            splits=sorted(set(choices.splits)),
            through_image=last or 0,
        )
        asked: dict[str, Any] = {"run": run, "format": FORMAT, "options": options.stored()}
        under_way = Export.objects.filter(**asked, jobs__state__in=UNFINISHED).first()
        if under_way is not None:
            return under_way
        export = Export.objects.create(
            project=run.project, round=run.through_round, requested_by=requested_by, **asked
        )
        jobs.enqueue(
            kind=JobKind.CAPTION_IMAGES,
            project=run.project,
            round=run.through_round,
            export=export,
            requested_by=requested_by,
        )
    return export


def rows_to_caption(*, export: Export) -> Iterator[dict[str, Any]]:
    """The chosen images' rows for the captioner; row_id is the original's SHA-256."""
    for row in rows_of_images(images=_chosen(export)):
        yield {**row, "row_id": row["sha256"]}


def publish_captions(
    *,
    export: Export,
    hold: jobs.Hold,
    folder: Path,
    decode: dict[str, Any],
    write: Callable[..., dict[str, int]],
) -> None:
    """Put the captions out as `folder` with their manifest, and end the job.

    `write(folder=…, without=…)` writes the files, leaving out these SHA-256s of images that were withdrawn meanwhile, and
    returns row counts. What a killed worker left in `folder` goes first. Raises ServiceUnavailable, FencedOff,
    JobCancelled.
    """
    remove_tree(folder)
    withdrawn = Image.objects.filter(project=export.project, withdrawn_at__isnull=False)
    with new_release(folder) as partial:
        counts = write(folder=partial, without=set(withdrawn.values_list("sha256", flat=True)))
        run, files = _told_of_run(export), file_entries(partial)
        manifest = manifest_of(export=export, captioner_runs=[run], decode=decode, files=files, **counts)
        sha256 = write_manifest(partial, manifest)
        # Of a job that was cancelled, or that another worker has now, nothing is put out.
        jobs.beat(hold=hold)
    with transaction.atomic():
        if _record_images(export) != counts["row_count"]:
            raise ServiceUnavailable("An image was withdrawn just now, and the captions have it. Try again.")
        Export.objects.filter(pk=export.pk).update(
            folder=str(folder),
            row_count=counts["row_count"],
            manifest=manifest,
            manifest_sha256=sha256,
            finished_at=Now(),
        )
        jobs.finish(hold=hold, result=counts)
        audit.record(
            actor=export.requested_by,
            verb="captioner_run.captioned",
            subject=export,
            project=export.project,
            after={**counts, "run": run["number"], "manifest_sha256": sha256},
        )


def _chosen(export: Export) -> QuerySet[Image]:
    """Those that were not withdrawn."""
    options = CaptioningOptions.model_validate(export.options)
    return Image.objects.filter(
        project=export.project,
        pk__lte=options.through_image,
        split__in=options.splits or Split.values,
        withdrawn_at=None,
    )


def _record_images(export: Export) -> int:
    """Which images the export holds: a takedown asks for that. Returns how many."""
    images, values = _chosen(export).values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        # Django's own SQL.
        # nosemgrep: no-values-in-sql
        cursor.execute(
            f"INSERT INTO export_image (export_id, image_id) SELECT %s, chosen.* FROM ({images}) AS chosen",  # noqa: S608 — Django's own SQL
            [export.pk, *values],
        )
        return int(cursor.rowcount)


def _told_of_run(export: Export) -> dict[str, Any]:
    run = CaptionerRun.objects.select_related("through_round", "training_set").get(exports=export)
    return told_of_run(
        number=run.number,
        through_round=run.through_round.number,
        recipe=run.recipe,
        started_from=run.started_from,
        training_set_sha256=run.training_set.sha256 if run.training_set else None,
    )
