"""Without Redis people still claim, write and submit; what was asked of the workers is done when it is back."""

from collections.abc import Callable
from subprocess import Popen
from uuid import uuid4

import pytest
import requests

from annotation_server.choices import JobState, Role, RoundState
from annotation_server.embedded.processes import free_port
from annotation_server.models import Caption, Image, Job, Round, User
from annotation_server.steps.people.make_api_token import make_api_token
from tests.faults.conftest import wait_until


def answers(url: str) -> bool:
    """Whether the server is up."""
    try:
        return requests.get(f"{url}/healthz/", timeout=5).ok
    except requests.RequestException:
        return False


@pytest.mark.faults
def test_people_work_on_and_the_jobs_wait(
    start: Callable[..., Popen[bytes]],
    person: Callable[..., User],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
) -> None:
    ana, ada = person("ana"), person("ada", Role.ADMIN)
    make_images(2)
    round = open_round()
    url = f"http://127.0.0.1:{(port := free_port())}"
    start("web", port=port, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    wait_until(lambda: answers(url), what="the web server is up")

    def call(who: User, verb: str, path: str, body: object = None) -> requests.Response:
        secret = make_api_token(user=who, name="test")
        headers = {"Authorization": f"Token {secret}"}
        return requests.request(verb, f"{url}/api/v1/{path}", json=body, headers=headers, timeout=10)

    [task] = call(ana, "POST", f"rounds/{round.pk}/claim/", {"count": 1}).json()["tasks"]
    saved = call(ana, "PUT", f"tasks/{task['id']}/working-copy/", {"text": "A", "version": 0})
    body = {"submission_id": str(uuid4()), "text": "A green iguana."}
    submitted = call(ana, "POST", f"tasks/{task['id']}/submit/", body)
    closed = call(ada, "POST", f"rounds/{round.pk}/close/")
    assert (saved.status_code, submitted.status_code, closed.status_code) == (200, 201, 200)
    assert Caption.objects.get().text == "A green iguana."
    [job] = Job.objects.filter(round=round)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)

    start("worker")
    wait_until(
        lambda: Job.objects.get(pk=job.pk).state == JobState.SUCCEEDED, what="the job was found and done"
    )
    round.refresh_from_db()
    assert round.state == RoundState.CLOSED
