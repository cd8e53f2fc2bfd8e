"""Which archives have an image's picture, by when they were written, when it came, and when it was taken down."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation_server.choices import JobKind, JobState
from annotation_server.models import Archive, Image, Job, Project
from annotation_server.queries.archives.holding_archives import holding_archives
from annotation_server.steps.projects.create_project import create_project

pytestmark = pytest.mark.django_db

CAME = 10


def at(hour: int | None) -> datetime | None:
    return None if hour is None else datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hour)


@pytest.fixture
def image(make_images: Callable[..., list[Image]]) -> Image:
    """Here since ten o'clock."""
    [made] = make_images(1)
    Image.objects.filter(pk=made.pk).update(created_at=at(CAME))
    return made


def archive(
    project: Project,
    *,
    state: JobState = JobState.SUCCEEDED,
    started: int | None = None,
    finished: int | None = None,
    pictures: bool = True,
) -> Archive:
    job = Job.objects.create(
        kind=JobKind.EXPORT_ARCHIVE, project=project, state=state, started_at=at(started)
    )
    return Archive.objects.create(project=project, job=job, pictures=pictures, finished_at=at(finished))


@pytest.mark.parametrize(
    ("state", "started", "finished", "taken_down", "holds"),
    [
        (JobState.SUCCEEDED, 11, 12, None, True),
        (JobState.SUCCEEDED, 8, 9, None, False),  # The image came later.
        (JobState.SUCCEEDED, 9, 12, None, True),
        (JobState.QUEUED, None, None, None, True),
        (JobState.RUNNING, 11, None, None, True),
        (JobState.FAILED, 11, None, None, False),  # There is no file.
        (JobState.CANCELLED, 11, None, None, False),
        (JobState.SUCCEEDED, 11, 12, 13, True),
        (JobState.SUCCEEDED, 11, 14, 13, True),  # It was being written at the takedown.
        (JobState.SUCCEEDED, 14, 15, 13, False),
        (JobState.RUNNING, 11, None, 13, True),
        (JobState.RUNNING, 14, None, 13, False),
        (JobState.QUEUED, None, None, 13, False),  # Its worker will know of the takedown.
        (JobState.QUEUED, 11, None, 13, True),  # A worker died at it, and its successor has not begun.
    ],
)
def test_which_have_it(
    image: Image,
    state: JobState,
    started: int | None,
    finished: int | None,
    taken_down: int | None,
    holds: bool,
) -> None:
    Image.objects.filter(pk=image.pk).update(withdrawn_at=at(taken_down))
    made = archive(image.project, state=state, started=started, finished=finished)
    expected = [(made.pk, at(finished))] if holds else []
    assert [(one.id, one.finished_at) for one in holding_archives(image=image)] == expected


def test_without_pictures_or_of_another_project_none_has_it(image: Image) -> None:
    archive(image.project, started=11, finished=12, pictures=False)
    archive(create_project(slug="other", name="Other", created_by=None), started=11, finished=12)
    assert holding_archives(image=image) == []


def test_oldest_first_in_one_statement(image: Image) -> None:
    made = [archive(image.project, started=hour, finished=hour + 1) for hour in (15, 11, 13)]
    with CaptureQueriesContext(connection) as asked:
        assert [one.id for one in holding_archives(image=image)] == [one.pk for one in made]
    assert len(asked) == 1
