"""An annotator at the workbench, as its pages call the server: three tasks held, a save at each pause, and a clock of their own
that the server's answers do not slow down."""

import time
from random import Random
from threading import Thread
from typing import Any
from uuid import UUID

from bench.load.connection import Connection
from bench.load.ledger import Ledger
from bench.load.shift import Shift

HELD = 3
THINKING_SECONDS = (15.0, 40.0)
PAUSE_SECONDS = (3.0, 7.0)
LOOK_AGAIN_SECONDS = 15.0
BREAK_SECONDS = 20.0
# Of the tasks.
SKIPPED, RELEASED, FLAGGED, UNDONE, ANSWER_LOST, BREAK, PAGES_LOOKED_AT = (
    0.03,
    0.02,
    0.03,
    0.02,
    0.03,
    0.01,
    0.1,
)
SEEN = """A green iguana with a spiny crest basks on dark volcanic rock by the sea while two more stand out of focus behind it
near a weathered wooden boat under low clouds and warm evening light"""
WORDS = SEEN.split()
CONCEPTS = [
    {"phrase": "Green iguana", "outcome": "kept"},
    {"phrase": "Santa Cruz", "outcome": "kept_on_trust"},
]


class Annotator(Thread):
    """Works until the shift is over. `number` seeds what they do."""

    def __init__(
        self,
        *,
        number: int,
        user_id: int,
        connection: Connection,
        ledger: Ledger,
        shift: Shift,
    ) -> None:
        super().__init__(name=f"annotator-{number}", daemon=True)
        self._lots = Random(number)
        self._user_id = user_id
        self._connection = connection
        self._ledger = ledger
        self._shift = shift
        self._over = shift.over
        self._due = 0.0
        self._tasks: list[dict[str, Any]] = []
        self._pictures: set[int] = set()
        self.most_behind = 0.0

    def run(self) -> None:
        """People do not all come at once."""
        self._due = time.perf_counter()
        self._rest(self._lots.uniform(0, THINKING_SECONDS[1]))
        self._look_at_pages()
        self._claim()
        while not self._over.is_set():
            if self._tasks:
                self._work(self._tasks[0])
            else:
                self._rest(LOOK_AGAIN_SECONDS)
            if not self._over.is_set():
                self._claim()
        self._leave()

    def _rest(self, seconds: float) -> None:
        """Until so long after the last planned moment; who is behind goes on at once."""
        self._due += seconds
        ahead = self._due - time.perf_counter()
        self.most_behind = max(self.most_behind, -ahead)
        if ahead > 0:
            self._over.wait(ahead)

    def _chance(self, share: float) -> bool:
        return self._lots.random() < share

    def _claim(self) -> None:
        answer = self._connection.call(
            "claim", "POST", f"rounds/{self._shift.round_id}/claim/", {"count": HELD}
        )
        if not answer.ok:
            return
        self._tasks = answer.body["tasks"]
        self._ledger.hold(annotator=self._user_id, tasks=[task["id"] for task in self._tasks])
        for task in self._tasks:
            if task["id"] not in self._pictures:
                self._pictures.add(task["id"])
                self._connection.call("picture", "GET", task["image"]["url"])

    def _work(self, task: dict[str, Any]) -> None:
        text = f"{task['starting_text']} {' '.join(self._lots.sample(WORDS, k=self._lots.randint(8, 20)))}."
        self._write(task, text)
        if self._over.is_set():
            return
        if self._chance(SKIPPED):
            self._give_up(task, "skip", "The picture does not load.")
        elif self._chance(RELEASED):
            self._give_up(task, "release", "")
        else:
            if self._chance(FLAGGED):
                reason = {"reason": "Is this one blurred?"}
                self._connection.call("flag", "POST", f"tasks/{task['id']}/flag/", reason)
            self._submit(task, text)
        if self._chance(BREAK):
            self._leave()
            self._rest(BREAK_SECONDS)
        if self._chance(PAGES_LOOKED_AT):
            self._look_at_pages()

    def _write(self, task: dict[str, Any], text: str) -> None:
        """Type for as long as it takes, and save at each pause."""
        left, version = self._lots.uniform(*THINKING_SECONDS), task["working_copy"]["version"]
        whole = left
        while (pause := self._lots.uniform(*PAUSE_SECONDS)) < left and not self._over.is_set():
            self._rest(pause)
            left -= pause
            so_far = text[: int(len(text) * (1 - left / whole))]
            body = {"text": so_far, "version": version}
            saved = self._connection.call("save", "PUT", f"tasks/{task['id']}/working-copy/", body)
            version = saved.body["version"] if saved.ok else version
        self._rest(left)

    def _give_up(self, task: dict[str, Any], verb: str, reason: str) -> None:
        self._ledger.let_go(task=task["id"])
        self._connection.call(verb, "POST", f"tasks/{task['id']}/{verb}/", {"reason": reason})

    def _submit(self, task: dict[str, Any], text: str) -> None:
        body = self._send(task, text)
        if body is not None and self._chance(UNDONE):
            undone = self._connection.call(
                "undo", "POST", f"tasks/{task['id']}/undo/", {"caption": body["id"]}
            )
            if undone.ok:  # A reviewer may have been faster.
                self._ledger.hold(annotator=self._user_id, tasks=[task["id"]])
                self._write(undone.body, f"{text} Seen once more.")
                self._send(undone.body, f"{text} Seen once more.")

    def _send(self, task: dict[str, Any], text: str) -> dict[str, Any] | None:
        """As the outbox does: the same submission until an answer comes."""
        submission_id = str(UUID(int=self._lots.getrandbits(128), version=4))
        body = {
            "submission_id": submission_id,
            "text": text,
            "seconds": 25.0,
            "pasted_share": 0.0,
            "concepts": CONCEPTS,
        }
        path = f"tasks/{task['id']}/submit/"
        self._ledger.let_go(task=task["id"])
        self._ledger.unanswered.add(submission_id)
        if self._chance(ANSWER_LOST):
            self._ledger.lost_answers += 1
            self._connection.call_without_listening("POST", path, body)
        while True:
            answer = self._connection.call("submit", "POST", path, body)
            if answer.ok:
                self._ledger.acknowledge(
                    submission_id=submission_id, answer=answer.body, annotator=self._user_id
                )
                return dict(answer.body)
            if 400 <= answer.status < 500 or self._over.wait(1.0):
                return None

    def _look_at_pages(self) -> None:
        """The list of projects, the rounds of one, and their own captions."""
        self._connection.call("projects", "GET", "projects/")
        self._connection.call("rounds", "GET", f"rounds/?project={self._shift.project}")
        self._connection.call("own captions", "GET", f"captions/?round={self._shift.round_id}&mine=true")

    def _leave(self) -> None:
        """Close the workbench: others need not wait for what was only fetched ahead."""
        for task in self._tasks[1:]:
            self._give_up(task, "release", "")
        self._tasks = self._tasks[:1]
