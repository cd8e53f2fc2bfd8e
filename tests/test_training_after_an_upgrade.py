"""A worker of a newer version takes up a training that an older one left unfinished: it starts afresh and ends well."""

import json
from typing import Any

import pytest

from annotation_server.choices import JobKind, JobState, RunState
from annotation_server.models import CaptionerRun
from annotation_server.places import run_folder
from tests.gpu_jobs import queued_run, work

__all__ = ["queued_run"]


@pytest.mark.usefixtures("transactional_db", "quick_encoder")
def test_an_older_version_s_state_is_replaced(settings: Any, queued_run: CaptionerRun) -> None:
    from annotation_server.tasks.gpu import train_captioner

    left = run_folder(run_id=queued_run.pk) / "checkpoint" / "partial" / "000000007" / "position.json"
    left.parent.mkdir(parents=True)
    left.write_text(json.dumps({"fingerprint": "old", "step": 7, "counts": {"captions_missing": 0}}))
    job = work(train_captioner, JobKind.TRAIN_CAPTIONER)
    queued_run.refresh_from_db()
    assert (job.state, job.error) == (JobState.SUCCEEDED, "")
    assert queued_run.state == RunState.EVALUATING
    assert queued_run.report["resumed_from_step"] == 0
    assert not left.exists()
