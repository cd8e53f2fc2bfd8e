"""A pre-trained captioner is registered, looked into, and fine-tuned over two processes, by the worker's own jobs: cancelled,
taken up again, and refused in one line where its files are gone or others."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.db import connections

from annotation_server.choices import BaseState, JobKind, JobState, RunState, StartingText
from annotation_server.errors import InvalidSettings
from annotation_server.models import BaseCheckpoint, Caption, CaptionerRun, Job, Project, Round, User
from annotation_server.places import checkpoint_at, run_folder
from annotation_server.steps.bases.register_base import register_base
from annotation_server.steps.jobs.retry_job import cancel_job, retry_job
from annotation_server.steps.projects.choose_captioner import choose_captioner
from annotation_server.steps.rounds.close_round import close_round
from tests.faults.conftest import wait_until
from tests.gpu_jobs import queued_run, work

__all__ = ["queued_run"]

# Torch is loaded by five processes, and a captioner is trained twice.
pytestmark = [pytest.mark.usefixtures("transactional_db", "quick_encoder"), pytest.mark.timeout(600)]


@pytest.fixture
def base(settings: Any, tmp_path: Path, queued_run: CaptionerRun) -> BaseCheckpoint:
    """The checkpoint of the project's first run, below the root of the bases."""
    from annotation_server.tasks.gpu import inspect_base, train_captioner

    assert work(train_captioner, JobKind.TRAIN_CAPTIONER).state == JobState.SUCCEEDED
    queued_run.refresh_from_db()
    settings.CAPTIONER_BASES = tmp_path / "bases"
    shutil.copytree(checkpoint_at(place=queued_run.checkpoint), settings.CAPTIONER_BASES / "first")
    base = register_base(name="first", folder="first", registered_by=None)
    assert work(inspect_base, JobKind.INSPECT_BASE).state == JobState.SUCCEEDED
    base.refresh_from_db()
    return base


def failed(run: CaptionerRun) -> str:
    """What the training of the run fails with; it leaves no checkpoint."""
    from annotation_server.tasks.gpu import train_captioner

    job = work(train_captioner, JobKind.TRAIN_CAPTIONER)
    run.refresh_from_db()
    assert (job.state, run.state, run.checkpoint) == (JobState.FAILED, RunState.FAILED, "")
    assert not (run_folder(run_id=run.pk) / "checkpoint").exists()
    assert len(job.error.splitlines()) == 1
    retry_job(job=job, retried_by=None)
    return job.error


def test_it_is_fine_tuned_over_two_processes(
    base: BaseCheckpoint,
    queued_run: CaptionerRun,
    settings: Any,
    ana: User,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    from annotation_server.tasks.cpu import build_training_set
    from annotation_server.tasks.gpu import evaluate_captioner, train_captioner

    first, project = queued_run, Project.objects.get()
    assert (base.state, base.misfits["tiny"], base.sha256) == (
        BaseState.READY,
        "",
        first.report["checkpoint_sha256"],
    )
    assert base.card.startswith("---")
    with pytest.raises(InvalidSettings, match="the recipe 'small' has ViT-B-32"):
        choose_captioner(
            project=project, changes={"recipe": "small", "start": "base", "base": "first"}, chosen_by=None
        )
    choose_captioner(project=project, changes={"start": "base", "base": "first"}, chosen_by=None)
    round = open_round(starting_text=StartingText.PREVIOUS_CAPTION, own_previous_allowed=True)
    for text in ("A green square, seen again.", "A red square, seen again."):
        hand_in(round, ana, text)
    close_round(round=round, closed_by=None)
    work(build_training_set, JobKind.BUILD_TRAINING_SET)
    run = CaptionerRun.objects.get(number=2)
    assert run.started_from == {"base": "first", "sha256": base.sha256}

    place = settings.CAPTIONER_BASES / "first"
    aside = place.rename(place.with_name("aside"))
    assert "start from the base 'first'" in failed(run)
    shutil.copytree(aside, place)
    said = place / "checkpoint" / "config.json"
    said.write_text(said.read_text() + "\n")
    assert "whose files have changed" in failed(run)
    shutil.rmtree(place)
    place.symlink_to("/etc")
    assert "A base lies below the folder CAPTIONER_BASES" in failed(run)
    place.unlink()
    aside.rename(place)

    settings.CAPTIONER_PROCESSES, settings.JOB_HEARTBEAT_SECONDS = 2, 0.2
    cancelling = threading.Thread(target=_cancel_when_it_starts)
    cancelling.start()
    assert work(train_captioner, JobKind.TRAIN_CAPTIONER).state == JobState.CANCELLED
    cancelling.join()
    assert not _ranks()
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    retry_job(job=Job.objects.filter(kind=JobKind.TRAIN_CAPTIONER).latest("created_at"), retried_by=None)

    job = work(train_captioner, JobKind.TRAIN_CAPTIONER)
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    run.refresh_from_db()
    told = f"the base 'first' (SHA-256 {base.sha256})"
    assert run.report["started_from"] == told
    card = checkpoint_at(place=run.checkpoint) / "checkpoint" / "README.md"
    assert f"Training started from {told}." in card.read_text()
    assert run.report["losses"][0][1] < first.report["losses"][0][1]
    assert run.settings["training"]["batch_size"] == 64
    assert work(evaluate_captioner, JobKind.EVALUATE_CAPTIONER).state == JobState.SUCCEEDED


def _cancel_when_it_starts() -> None:
    def training() -> Job | None:
        return Job.objects.filter(
            kind=JobKind.TRAIN_CAPTIONER, message="starting", state=JobState.RUNNING
        ).first()

    wait_until(lambda: training() is not None and bool(_ranks()), what="the processes start", patience=300)
    job = training()
    assert job is not None
    cancel_job(job=job, cancelled_by=None)
    connections.close_all()


def _ranks() -> list[psutil.Process]:
    """Processes of the training that this one started."""
    found = []
    for one in psutil.Process().children(recursive=True):
        try:
            if "captioner.training.rank" in one.cmdline() and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
        except psutil.NoSuchProcess:
            continue
    return found
