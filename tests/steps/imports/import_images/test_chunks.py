"""An import goes on in chunks: stopped, watched, beside another one, with so many queries."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from annotation_server.intake.import_report import ImportReport
from annotation_server.models import (
    AltText,
    Image,
)
from tests.at_once import at_once
from tests.steps.imports.import_images.importing import Import, counts, manifest

pytestmark = pytest.mark.django_db


def test_a_stopped_import_keeps_its_chunks_and_is_run_again(
    tmp_path: Path, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation_server.steps.imports.import_images.chunks.CHUNK_ROWS", 2)
    path = manifest(tmp_path, 7)

    class Stopped(Exception):
        pass

    def stop(*, done: int, total: int, message: str) -> None:
        assert total == 7
        if done >= 4:
            raise Stopped

    with pytest.raises(Stopped):
        run(path, progress=stop)
    assert Image.objects.count() == 4
    left = {one.name for one in Path(default_storage.path("staging")).iterdir()}
    assert left <= {"turns"}  # the locks of pictures being made
    assert counts(run(path)) == (3, 4, 0)
    assert Image.objects.count() == 7


def test_progress_is_told_to_the_end(tmp_path: Path, run: Import) -> None:
    told: list[tuple[int, int]] = []
    run(manifest(tmp_path, 3), progress=lambda *, done, total, message: told.append((done, total)))
    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_the_number_of_queries_does_not_depend_on_the_rows(tmp_path: Path, run: Import) -> None:
    def queries(count: int) -> int:
        (tmp_path / str(count)).mkdir()
        path = manifest(tmp_path / str(count), count, domain=str(count))
        Image.objects.exists()
        before = len(connection.queries_log)
        run(path)
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    try:
        assert queries(1) == queries(30)
    finally:
        connection.force_debug_cursor = False


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_store_everything_once(tmp_path: Path, run: Import) -> None:
    path = manifest(tmp_path, 8)
    reports = at_once([lambda: run(path), lambda: run(path)])
    assert [report for report in reports if isinstance(report, Exception)] == []
    assert Image.objects.count() == AltText.objects.count() == 8
    assert sum(report.as_json()["imported"] for report in reports if isinstance(report, ImportReport)) == 8
