"""Reviewers who decide on what waits, and an admin who watches the round, reads its report and exports it half-way."""

from random import Random
from threading import Thread

from bench.load.connection import Connection
from bench.load.shift import Shift

VERDICT_SECONDS = (2.0, 4.0)
NOTHING_WAITS_SECONDS = 5.0
RETURNED, FIXED = 0.1, 0.1
READ_AT_ONCE = 10
WATCH_SECONDS = 5.0
REPORTS_EVERY = 12


class Reviewer(Thread):
    """Decides until the shift is over. Another may have been faster: that is a refusal, and no harm."""

    def __init__(self, *, number: int, connection: Connection, shift: Shift) -> None:
        super().__init__(name=f"reviewer-{number}", daemon=True)
        self._lots = Random(-number - 1)
        self._connection = connection
        self._round_id = shift.round_id
        self._over = shift.over

    def run(self) -> None:
        """A queue is read, and some of it decided on."""
        while not self._over.is_set():
            queue = self._connection.call("review queue", "GET", f"rounds/{self._round_id}/review-queue/")
            waiting = queue.body if queue.ok else []
            if not waiting:
                self._over.wait(NOTHING_WAITS_SECONDS)
            for caption in self._lots.sample(waiting, k=min(READ_AT_ONCE, len(waiting))):
                if self._over.wait(self._lots.uniform(*VERDICT_SECONDS)):
                    return
                self._decide(caption)

    def _decide(self, caption: dict[str, object]) -> None:
        lot = self._lots.random()
        body: dict[str, object] = {"caption": caption["id"], "verdict": "accepted"}
        if lot < RETURNED:
            body |= {"verdict": "returned", "comment": "Say where the boat lies."}
        elif lot < RETURNED + FIXED:
            body |= {"verdict": "fixed", "text": f"{caption['text']} The boat lies on the left."}
        self._connection.call("review", "POST", f"tasks/{caption['task']}/review/", body)


class Admin(Thread):
    """Looks at the round's page until the shift is over; exports when told to, and downloads the export."""

    def __init__(self, *, connection: Connection, shift: Shift) -> None:
        super().__init__(name="admin", daemon=True)
        self._connection = connection
        self._shift = shift
        self._export: int | None = None
        self.exported_rows: int | None = None

    def run(self) -> None:
        """As the pages that are left open ask again and again."""
        looks = 0
        while not self._shift.over.wait(WATCH_SECONDS):
            self._connection.call("rounds", "GET", f"rounds/?project={self._shift.project}")
            if looks % REPORTS_EVERY == 0:
                for report in ("report", "people", "convergence"):
                    self._connection.call(
                        f"round's {report}", "GET", f"rounds/{self._shift.round_id}/{report}/"
                    )
            self._follow_export()
            looks += 1

    def _follow_export(self) -> None:
        if self._export is None:
            if self._shift.export_at.is_set():
                choice = {"round": self._shift.round_id, "format": "jsonl", "accepted_only": False}
                made = self._connection.call("export", "POST", "exports/", choice)
                self._export = made.body["id"] if made.ok else None
        elif self.exported_rows is None:
            export = self._connection.call("export", "GET", f"exports/{self._export}/").body
            if export and export["finished_at"]:
                self.exported_rows = export["row_count"]
                for file in export["files"]:
                    self._connection.call("download", "GET", file["url"])
