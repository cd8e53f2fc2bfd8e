"""The web server killed with -9 again and again, and Postgres hanging up on it, while people submit: what was acknowledged is
there, once, and a retry gets the same answer."""

from collections.abc import Callable
from subprocess import Popen
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
import requests
from django.db import connection

from annotation_server.embedded.processes import free_port
from annotation_server.models import Caption, Image, Round, User
from annotation_server.steps.people.make_api_token import make_api_token
from tests.faults.conftest import kill, wait_until
from tests.faults.test_redis_absent import answers

PEOPLE, IMAGES = 4, 60


class Annotator(Thread):
    """Claims and submits until nothing is left; asks again with the same id whenever there was no answer."""

    def __init__(self, *, url: str, round_id: int, secret: str, name: str) -> None:
        super().__init__(daemon=True)
        self.given_name = name
        self.acknowledged: dict[str, int] = {}
        self.troubles = 0
        self.stopped = Event()
        self._round_id = round_id
        self._url = f"{url}/api/v1"
        self._headers = {"Authorization": f"Token {secret}"}

    def run(self) -> None:
        while tasks := self._insist(f"rounds/{self._round_id}/claim/", {"count": 1})["tasks"]:
            text = f"{self.given_name} on {tasks[0]['id']}"
            body = {"submission_id": str(uuid4()), "text": text}
            self.acknowledged[text] = self._insist(f"tasks/{tasks[0]['id']}/submit/", body)["id"]

    def _insist(self, path: str, body: dict[str, Any]) -> Any:
        while not self.stopped.is_set():
            try:
                answer = requests.post(f"{self._url}/{path}", json=body, headers=self._headers, timeout=10)
            except requests.RequestException:
                self.troubles += 1
                continue
            if answer.ok:
                return answer.json()
            assert answer.status_code >= 500, answer.text
            self.troubles += 1
        return {"tasks": [], "id": 0}


def hang_up_on_everybody() -> None:
    """As when Postgres is restarted: every other connection to the test's database is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.faults
def test_every_acknowledged_submission_is_there_once(
    start: Callable[..., Popen[bytes]],
    person: Callable[..., User],
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
) -> None:
    make_images(IMAGES)
    round = open_round()
    url = f"http://127.0.0.1:{(port := free_port())}"
    web = start("web", port=port)
    wait_until(lambda: answers(url), what="the web server is up")
    annotators = [
        Annotator(
            url=url, round_id=round.pk, name=name, secret=make_api_token(user=person(name), name="test")
        )
        for name in (f"ann{number}" for number in range(PEOPLE))
    ]
    for annotator in annotators:
        annotator.start()

    def reached(wanted: int) -> Callable[[], bool]:
        return lambda: sum(len(annotator.acknowledged) for annotator in annotators) >= wanted

    try:
        for wanted in (5, 20, 35):
            wait_until(reached(wanted), what=f"{wanted} captions are acknowledged")
            kill(web)
            hang_up_on_everybody()
            web = start("web", port=port)
        wait_until(lambda: not any(each.is_alive() for each in annotators), what="everybody has finished")
    finally:
        for annotator in annotators:
            annotator.stopped.set()

    kept = dict(Caption.objects.values_list("text", "pk"))
    assert kept == {text: pk for each in annotators for text, pk in each.acknowledged.items()}
    assert (len(kept), Caption.objects.count()) == (IMAGES, IMAGES)
    assert sum(annotator.troubles for annotator in annotators) > 0, "the kills were noticed"
