"""Sources that somebody brought in and then left are forgotten with their files, and no others."""

import io
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from annotation_server.choices import JobKind, JobState
from annotation_server.intake.upload_files import folder_of, rows_path, upload_path
from annotation_server.models import ArchiveImport, Event, Import, Job, Project, Upload, User
from annotation_server.steps.uploads.announce_upload import announce_archive, announce_import
from annotation_server.steps.uploads.receive_piece import receive_piece
from annotation_server.tasks import cpu

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = timedelta(days=7)
Bring = Callable[..., Any]


@pytest.fixture
def bring(project: Project, ada: User, settings: Any, tmp_path: Path) -> Bring:
    """bring(job=SUCCEEDED, days=8) is an upload whose jobs ended so, with all its times so many days ago."""
    settings.IMPORTS_ROOT = tmp_path / "imports"

    def make(
        *,
        days: float,
        inspection: JobState | None = None,
        job: JobState | None = None,
        whole: bool = True,
        archive: bool = False,
    ) -> Upload:
        upload: Upload = (
            announce_archive(file_name="iguanas.tar", byte_count=4, requested_by=ada)
            if archive
            else announce_import(project=project, file_name="rows.jsonl", byte_count=4, requested_by=ada)
        )
        receive_piece(upload=upload, at=0, stream=io.BytesIO(b"{}\n\n" if whole else b"{}"))
        aged = {"created_at": Now() - timedelta(days=days), "inspection": _ended(project, inspection, days)}
        type(upload)._default_manager.filter(pk=upload.pk).update(**aged, job=_ended(project, job, days))
        then = time.time() - days * 86_400
        for path in (folder_of(upload=upload), _file(upload)):
            os.utime(path, (then, then))
        return upload

    return make


def _ended(project: Project, state: JobState | None, days: float) -> Job | None:
    if state is None:
        return None
    over = None if state == JobState.RUNNING else Now() - timedelta(days=days)
    return Job.objects.create(
        project=project, kind=JobKind.IMPORT_IMAGES, state=state, finished_at=over, heartbeat_at=Now()
    )


def _file(upload: Upload) -> Path:
    return upload_path(upload=upload)


def test_what_was_left_goes_with_its_files(bring: Bring) -> None:
    left = [
        bring(days=8, whole=False),
        bring(days=8, inspection=JobState.FAILED),
        bring(days=8, inspection=JobState.SUCCEEDED),
        bring(days=8, inspection=JobState.SUCCEEDED, job=JobState.CANCELLED),
        bring(days=8, whole=False, archive=True),
    ]
    kept = [
        bring(days=6, whole=False),
        bring(days=6, inspection=JobState.SUCCEEDED),
        bring(days=8, inspection=JobState.SUCCEEDED, job=JobState.RUNNING),
        bring(days=8, inspection=JobState.SUCCEEDED, job=JobState.SUCCEEDED),
    ]
    assert cpu.expire_uploads() == 5
    assert not ArchiveImport.objects.exists()
    assert set(Import.objects.values_list("pk", flat=True)) == {one.pk for one in kept}
    assert [folder_of(upload=one).exists() for one in left + kept] == [False] * 5 + [True] * 4
    assert list(
        Event.objects.filter(verb="import.expired").order_by("pk").values_list("object_id", flat=True)
    ) == [str(one.pk) for one in left]
    assert cpu.expire_uploads() == 0


def test_an_upload_that_still_comes_is_not_left(bring: Bring) -> None:
    import_ = bring(days=30, whole=False)
    os.utime(_file(import_))
    assert cpu.expire_uploads() == 0
    assert Import.objects.filter(pk=import_.pk, received=F("byte_count") - 2).exists()


def test_a_folder_without_its_import_goes(bring: Bring) -> None:
    old, fresh = bring(days=8, whole=False), bring(days=1, whole=False)
    Import.objects.all().delete()
    assert cpu.expire_uploads() == 0
    assert [folder_of(upload=one).exists() for one in (old, fresh)] == [False, True]


def test_the_source_of_a_finished_import_goes_and_its_outcomes_stay(bring: Bring) -> None:
    """Its worker died between the end of the job and the removal."""
    import_ = bring(days=1, inspection=JobState.SUCCEEDED, job=JobState.SUCCEEDED)
    under_way = bring(days=1, inspection=JobState.SUCCEEDED, job=JobState.RUNNING)
    outcomes = rows_path(import_id=import_.pk)
    outcomes.write_text("row,outcome\n")
    assert cpu.expire_uploads() == 0
    assert list(folder_of(upload=import_).iterdir()) == [outcomes]
    assert _file(under_way).exists()


def test_one_that_cannot_be_forgotten_holds_up_no_other(bring: Bring) -> None:
    """A folder of a thousand levels stopped the forgetting of all that came after it, each hour again."""
    deep, other = bring(days=8, whole=False), bring(days=8, whole=False)
    at = folder_of(upload=deep)
    for _ in range(1_500):
        at = at / "d"
        at.mkdir()
    assert cpu.expire_uploads() == 2
    assert [folder_of(upload=one).exists() for one in (deep, other)] == [False, False]


def test_a_refusal_of_the_database_holds_up_no_other(bring: Bring) -> None:
    first, _ = bring(days=8, whole=False), bring(days=8, whole=False)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
            CREATE TRIGGER refused BEFORE DELETE ON import FOR EACH ROW WHEN (OLD.id = {first.pk})
            EXECUTE FUNCTION refused();
            """
        )
        try:
            assert cpu.expire_uploads() == 1
        finally:
            cursor.execute("DROP TRIGGER refused ON import; DROP FUNCTION refused()")
    assert list(Import.objects.all()) == [first]
