"""A trained run captions the project's images in bulk: the worker's job, killed and taken up again, and what goes out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotation_server.choices import JobKind, JobState, Split
from annotation_server.errors import InvalidSettings
from annotation_server.models import CaptionerRun, Export, Image, Job, User
from annotation_server.options.caption_images import CaptioningChoices
from annotation_server.places import bulk_folder, export_folder
from annotation_server.steps.exports.verify_export import verify_export
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.jobs.retry_job import retry_job
from annotation_server.steps.runs.caption_images import request_captions
from tests.gpu_jobs import paint, queued_run, work

__all__ = ["queued_run"]

# Torch is loaded, an encoder and a captioner are trained.
pytestmark = [pytest.mark.usefixtures("transactional_db", "quick_encoder"), pytest.mark.timeout(400)]


def caption(export: Export) -> list[dict[str, Any]]:
    from annotation_server.tasks.gpu import caption_images

    job = work(caption_images, JobKind.CAPTION_IMAGES)
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    export.refresh_from_db()
    files = sorted(export_folder(export_id=export.pk).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_captions_of_all_images_go_out_but_for_those_withdrawn(
    queued_run: CaptionerRun, ada: User, make_images: Callable[..., list[Image]], settings: Any
) -> None:
    """Before the job or during it: then a first worker, killed after it captioned everything, left a block with it."""
    from annotation_server.tasks.gpu import caption_images, train_captioner

    work(train_captioner, JobKind.TRAIN_CAPTIONER)
    run = queued_run
    run.refresh_from_db()
    paint(make_images(2))
    paint(make_images(1, split=Split.EVAL))
    gone, later_gone = Image.objects.order_by("pk")[1:3]
    withdraw_image(image=gone, reason="asked for", withdrawn_by=ada)

    export = request_captions(run=run, choices=CaptioningChoices(), requested_by=ada)
    assert request_captions(run=run, choices=CaptioningChoices(), requested_by=ada) == export
    rows = caption(export)
    there = Image.objects.filter(withdrawn_at=None).order_by("pk")
    assert [row["key"] for row in rows] == [image.sha256 for image in there]
    assert all(row["text"] and row["alt_texts"] and row["error"] is None for row in rows)
    assert export.manifest is not None
    assert (export.row_count, export.manifest["unreadable"]) == (4, 0)
    assert [seen["number"] for seen in export.manifest["captioner_runs"]] == [run.number]
    assert verify_export(folder=Path(export.folder)).is_whole
    assert set(export.export_images.values_list("image_id", flat=True)) == {image.pk for image in there}

    export = request_captions(
        run=run, choices=CaptioningChoices(with_alt_text=False, splits=["train"]), requested_by=ada
    )
    place = export_folder(export_id=export.pk)
    place.parent.rename(place.parent.with_name("aside"))
    place.parent.write_text("no folder, so nothing can be put out")
    assert work(caption_images, JobKind.CAPTION_IMAGES).state == JobState.FAILED
    left = bulk_folder(run_id=run.pk, export_id=export.pk)
    [block] = (left / "captions").glob("*.parquet")
    assert pq.read_table(block).num_rows == 3
    place.parent.unlink()
    withdraw_image(image=later_gone, reason="asked for", withdrawn_by=ada)
    retry_job(job=Job.objects.filter(kind=JobKind.CAPTION_IMAGES).latest("created_at"), retried_by=ada)
    rows = caption(export)
    assert [row["key"] for row in rows] == [image.sha256 for image in there.filter(split=Split.TRAIN)]
    assert not left.exists()


def test_a_run_that_was_not_trained_captions_nothing(queued_run: CaptionerRun) -> None:
    with pytest.raises(InvalidSettings, match="was not trained"):
        request_captions(run=queued_run, choices=CaptioningChoices(), requested_by=None)
