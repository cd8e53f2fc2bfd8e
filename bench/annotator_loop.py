"""The annotator's loop (claim + submit) over real HTTP with the production server command, on small and huge rounds.

    .venv/bin/python -m bench.annotator_loop [--json] [--tasks 5000 1000000] [--seconds 8]

Latency and captions per second are as the clients see them (they run on the same machine); CPU is that of the web server and
Postgres alone. In the JSON line latency is that of one client, captions per second and CPU those of eight. How a claim grows
is measured on the statement itself, by one person, in a round of 1,000 tasks and in the largest one by turns, first fresh,
then nine tenths done.
"""

import argparse
import http.client
import json
import threading
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.server import Served, started

if TYPE_CHECKING:
    from annotation_server.models import Project, Round, User

CLIENTS = [1, 8, 32]
SMALL_ROUND = 1_000
CLAIMS_TIMED = 200
CAPTION = "A green iguana with a spiny crest basks on a dark volcanic rock by the sea; behind it, out of focus, stand two more."

# Measured on such a machine (2 cores, Postgres 15, 5,000 tasks, other work beside) with their own servers: captions per
# second, p95 of a claim and of a submission in ms, CPU ms per caption, by number of clients.
PEERS: dict[str, dict[int, tuple[float, int | None, int | None, int]]] = {
    "Label Studio 1.23.2": {1: (2.1, 272, 320, 305), 8: (4.0, 1189, 1388, 329), 32: (3.2, 7011, 8025, 342)},
    "doccano 1.8.4": {1: (4.2, None, None, 117)},
}


class Person:
    """One client: a connection that is kept open, as browsers keep it."""

    def __init__(self, *, url: str, token: str, round_id: int) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self.round_id = round_id
        self.claims: list[float] = []
        self.submits: list[float] = []

    def call(self, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
        """The answer, and how long it took."""
        began = time.perf_counter()
        self.connection.request("POST", f"/api/v1/{path}", json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        if answer.status not in {200, 201}:
            raise RuntimeError(f"{path}: {answer.status} {content.decode()[:300]}")
        return json.loads(content), took

    def caption(self) -> None:
        """Claim one task and submit its caption."""
        claimed, claiming = self.call(f"rounds/{self.round_id}/claim/", {"count": 1})
        [task] = claimed["tasks"]
        body = {"submission_id": str(uuid4()), "text": CAPTION, "seconds": 30.0}
        _, submitting = self.call(f"tasks/{task['id']}/submit/", body)
        self.claims.append(claiming)
        self.submits.append(submitting)

    def caption_until(self, end: float) -> None:
        """One after the other."""
        while time.perf_counter() < end:
            self.caption()


def measure(served: Served, round: "Round", tokens: list[str], seconds: float) -> dict[str, float]:
    """So many people at once, for so long."""
    people = [Person(url=served.url, token=token, round_id=round.pk) for token in tokens]
    for (
        person
    ) in people:  # Open the connections, and let the workers load what they load at the first request.
        person.caption()
        person.caption()
        person.claims, person.submits = [], []
    before, began = served.cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=person.caption_until, args=(began + seconds,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, after = time.perf_counter() - began, served.cpu_seconds()
    claims = [one for person in people for one in person.claims]
    submits = [one for person in people for one in person.submits]
    return {
        "captions_per_s": len(submits) / took,
        **{f"{name}_claim_ms": value for name, value in percentiles(claims).items()},
        **{f"{name}_submit_ms": value for name, value in percentiles(submits).items()},
        **{f"{part}_cpu_ms": 1_000 * (after[part] - before[part]) / len(submits) for part in before},
        "cpu_ms_per_caption": 1_000 * (sum(after.values()) - sum(before.values())) / len(submits),
    }


def percentiles(seconds: list[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {"p50": 1_000 * cuts[49], "p95": 1_000 * cuts[94], "p99": 1_000 * cuts[98]}


def claims_by_turns(places: list[tuple["Round", "User"]]) -> list[float]:
    """The median of the claim itself in each round, in ms; each time what was claimed is out of the way at once."""
    times: list[list[float]] = [[] for _ in places]
    for _ in range(CLAIMS_TIMED):
        for (round, user), taken in zip(places, times, strict=True):
            taken.append(_timed_claim(round, user))
    return [1_000 * median(taken) for taken in times]


def _timed_claim(round: "Round", user: "User") -> float:
    from django.db import connection

    from annotation_server.steps.tasks.claim_task import claim_tasks

    began = time.perf_counter()
    ids = claim_tasks(round_id=round.pk, annotator=user, count=1)
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("UPDATE task SET state = 'skipped', lease_expires_at = NULL WHERE id = ANY(%s)", [ids])
    return took


def finish_nine_tenths(round: "Round") -> None:
    """As if most of the round were done, by nobody in particular."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE task SET state = 'skipped' WHERE round_id = %(round)s AND state = 'pending' AND position <= "
            "(SELECT 0.9 * max(position) FROM task WHERE round_id = %(round)s)",
            {"round": round.pk},
        )
        cursor.execute("ANALYZE task")


def queries_of(round: "Round", user: "User") -> tuple[int, int]:
    """SQL statements of a claim and of a submission over the API (with authentication, without BEGIN and COMMIT)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from rest_framework.test import APIClient

    from annotation_server.steps.people.make_api_token import make_api_token

    client = APIClient(
        SERVER_NAME="127.0.0.1",
        headers={"authorization": f"Token {make_api_token(user=user, name='queries')}"},
    )
    with CaptureQueriesContext(connection) as of_claim:
        [task] = client.post(f"/api/v1/rounds/{round.pk}/claim/", {"count": 1}, format="json").json()["tasks"]
    body = {"submission_id": str(uuid4()), "text": CAPTION, "seconds": 30.0}
    with CaptureQueriesContext(connection) as of_submission:
        client.post(f"/api/v1/tasks/{task['id']}/submit/", body, format="json")
    return _statements(of_claim), _statements(of_submission)


def _statements(captured: Any) -> int:
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(control) for query in captured.captured_queries)


def run(sizes: list[int], seconds: float) -> dict[str, Any]:
    """Everything, in one session."""
    figures: dict[str, Any] = {"rounds": {}}
    with started() as served:
        from bench.big_round import launch, make_people, make_project

        small = make_project(slug="small", images=SMALL_ROUND)
        small_round, _ = launch(small)
        [(user, _)] = make_people(small, 1)
        figures["queries_claim"], figures["queries_submit"] = queries_of(small_round, user)
        for size in sizes:
            project = make_project(slug=f"round-of-{size}", images=size)
            round, launched = launch(project)
            figures["rounds"][size] = {"launch_s": launched, "clients": loop(served, project, round, seconds)}
            if size == max(sizes):
                figures |= claim_growth(project, round, beside=(small_round, user))
    headline = figures["rounds"][sizes[0]]["clients"][8]
    alone = figures["rounds"][sizes[0]]["clients"][1]
    figures |= {name: headline[name] for name in ("cpu_ms_per_caption", "captions_per_s")}
    figures |= {name: alone[name] for name in ("p95_claim_ms", "p95_submit_ms")}
    figures["label_studio_cpu_over_ours"] = (
        PEERS["Label Studio 1.23.2"][8][3] / headline["cpu_ms_per_caption"]
    )
    return figures


def loop(served: Served, project: "Project", round: "Round", seconds: float) -> dict[int, dict[str, float]]:
    """The annotator's loop with each number of clients."""
    from bench.big_round import make_people

    tokens = [token for _, token in make_people(project, max(CLIENTS))]
    return {clients: measure(served, round, tokens[:clients], seconds) for clients in CLIENTS}


def claim_growth(project: "Project", round: "Round", *, beside: tuple["Round", "User"]) -> dict[str, Any]:
    """The claim statement in the large round beside the small one: fresh, and nine tenths done."""
    from bench.big_round import make_people

    [(user, _)] = make_people(project, 1)
    small, fresh = claims_by_turns([beside, (round, user)])
    finish_nine_tenths(round)
    small_again, done = claims_by_turns([beside, (round, user)])
    return {
        "claim_statement_ms": {
            "small": small,
            "large": fresh,
            "small again": small_again,
            "large, nine tenths done": done,
        },
        "claim_growth_1m_over_1k": fresh / small,
        "claim_growth_when_done": done / small_again,
    }


def table(figures: dict[str, Any]) -> str:
    """For people."""
    lines = [
        f"{'':34}{'clients':>8}{'captions/s':>12}{'claim p50/p95/p99 ms':>24}{'submit p50/p95/p99 ms':>24}{'CPU ms':>8}"
    ]
    for size, measured in figures["rounds"].items():
        for clients, one in measured["clients"].items():
            claim, submit = (
                " / ".join(f"{one[f'{p}_{call}_ms']:.1f}" for p in ("p50", "p95", "p99"))
                for call in ("claim", "submit")
            )
            name = f"Altogether, {size:,} tasks"
            lines.append(
                f"{name:34}{clients:>8}{one['captions_per_s']:>12.1f}{claim:>24}{submit:>24}{one['cpu_ms_per_caption']:>8.1f}"
            )
    for peer, given in PEERS.items():
        for clients, (rate, claim_p95, submit_p95, cpu) in given.items():
            claim, submit = (f"p95 {value}" if value else "" for value in (claim_p95, submit_p95))
            lines.append(f"{peer + ' (given)':34}{clients:>8}{rate:>12.1f}{claim:>24}{submit:>24}{cpu:>8.1f}")
    for size, measured in figures["rounds"].items():
        lines.append(f"Launching {size:,} tasks took {measured['launch_s']:.1f} s.")
    times = ", ".join(f"{name} {value:.2f} ms" for name, value in figures["claim_statement_ms"].items())
    lines.append(
        f"The claim statement: {times}; growth {figures['claim_growth_1m_over_1k']:.2f}, "
        f"{figures['claim_growth_when_done']:.2f} when done."
    )
    lines.append(
        f"Queries: {figures['queries_claim']} a claim, {figures['queries_submit']} a submission. "
        f"Label Studio's CPU per caption over ours: {figures['label_studio_cpu_over_ours']:.0f}."
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument(
        "--tasks", type=int, nargs="+", default=[5_000, 1_000_000], help="sizes of the rounds"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each number of clients works")
    options = parser.parse_args()
    figures = run(options.tasks, options.seconds)
    print(table(figures))
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
