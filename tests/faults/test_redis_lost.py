"""Redis forgets everything and is killed in the middle of a job: that job ends once, and those that waited are found."""

import os
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen

import pytest
import redis

from annotation_server.choices import JobKind, JobState, RoundState
from annotation_server.embedded.servers import EmbeddedServers
from annotation_server.models import Caption, CaptionerRun, Image, Job, Round, TrainingSet, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.steps.exports.export_round import request_export
from annotation_server.steps.rounds.close_round import close_round
from tests.faults.conftest import wait_until
from tests.faults.test_killed_worker import project_held
from tests.site import database_url


@pytest.mark.faults
def test_jobs_outlive_their_broker(
    start: Callable[..., Popen[bytes]],
    tmp_path: Path,
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(2)
    round = open_round()
    hand_in(round, ana)
    with EmbeddedServers(var=tmp_path / "own", database_url=database_url()) as own:
        start("worker", REDIS_URL=own.addresses.redis_url)
        with project_held(round.project_id):
            closing = close_round(round=round, closed_by=None)
            wait_until(lambda: Job.objects.get(pk=closing.pk).state == JobState.RUNNING, what="it is taken")
            with redis.Redis.from_url(own.addresses.redis_url) as client:
                client.flushall()
            os.kill(own.process_ids()["Redis"], SIGKILL)
            request_export(round=round, format="jsonl", options=ExportOptions(), requested_by=None)
            wait_until(lambda: own.dead() == ["Redis"], what="Redis is gone")
            own.restart_dead()
        unended = Job.objects.filter(kind__in=[JobKind.BUILD_TRAINING_SET, JobKind.EXPORT_ROUND])
        wait_until(
            lambda: set(unended.values_list("state", flat=True)) == {JobState.SUCCEEDED}, what="both ended"
        )
    round.refresh_from_db()
    closing.refresh_from_db()
    assert (round.state, closing.attempts) == (RoundState.CLOSED, 1)
    assert (TrainingSet.objects.count(), CaptionerRun.objects.count()) == (1, 1)
