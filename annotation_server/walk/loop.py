"""Three rounds, over HTTP: launch, annotate, review, close, wait for the captioner, and again."""

import random
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from annotation_server.errors import ServiceUnavailable
from annotation_server.texts.words import words
from annotation_server.walk.annotator import edit
from annotation_server.walk.client import Client

AHEAD = 3
POLL_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class People:
    """Who walks. Annotators are (name, client)."""

    admin: Client
    reviewer: Client
    annotators: list[tuple[str, Client]]


@dataclass(frozen=True, kw_only=True)
class Walked:
    """One round that was walked: its row, its captions, and the run that followed (None when there was no row)."""

    round: dict[str, Any]
    captions: list[dict[str, Any]]
    run: dict[str, Any] | None
    seconds_annotating: float
    seconds_of_jobs: float


def walk_round(
    *,
    people: People,
    project: str,
    number: int,
    truths: dict[int, str],
    say: Callable[[str], None],
    patience: float,
) -> Walked:
    """Launch round `number`, do all its work, close it and wait until its jobs have ended.

    `truths` maps image ids to their right captions; `patience` is how many seconds the jobs may take. Raises
    ServiceUnavailable when they take longer.
    """
    round = _launch(admin=people.admin, project=project, number=number)
    say(
        f"Round {number} is open with {round['counts']['total']} tasks, starting from {round['starting_text']}."
    )
    began = time.monotonic()
    with ThreadPoolExecutor(len(people.annotators)) as pool:
        done = [
            pool.submit(_annotate, client=client, name=name, round=round, truths=truths)
            for name, client in people.annotators
        ]
        say(f"Round {number}: {sum(one.result() for one in done)} captions submitted.")
    reviewed = _review(client=people.reviewer, round=round, truths=truths)
    annotated = time.monotonic()
    say(f"Round {number}: {reviewed} captions reviewed.")
    people.admin.call("POST", f"rounds/{round['id']}/close/")
    run = _wait_for_jobs(
        admin=people.admin, project=project, round_id=round["id"], say=say, patience=patience
    )
    return Walked(
        round=people.admin.call("GET", f"rounds/{round['id']}/"),
        captions=list(people.admin.pages("captions/", round=round["id"], page_size=500)),
        run=run,
        seconds_annotating=annotated - began,
        seconds_of_jobs=time.monotonic() - annotated,
    )


def _launch(*, admin: Client, project: str, number: int) -> dict[str, Any]:
    """From drafts where a promoted run wrote some, else from the previous captions."""
    runs = list(admin.pages("captioner-runs/", project=project))
    drafted = any(run["promoted"] and run["draft_count"] for run in runs)
    start = "alt_text" if number == 1 else "draft" if drafted else "previous_caption"
    body = {"project": project, "number": number, "starting_text": start, "review_share": 0.1}
    return dict(admin.call("POST", "rounds/", body))


def _annotate(*, client: Client, name: str, round: dict[str, Any], truths: dict[int, str]) -> int:
    """Claim ahead and submit until there is nothing left; returns how many captions were handed in."""
    rng = random.Random(f"{name}:{round['number']}")  # noqa: S311 — mistakes, not secrets
    submitted = 0
    while tasks := client.call("POST", f"rounds/{round['id']}/claim/", {"count": AHEAD})["tasks"]:
        for task in tasks:
            text = edit(
                starting_text=task["starting_text"],
                truth=truths[task["image"]["id"]],
                round_number=round["number"],
                rng=rng,
            )
            seconds = 4 + 0.5 * len(words(text))
            body = {
                "submission_id": str(uuid.uuid4()),
                "text": text,
                "seconds": seconds,
            }
            client.call("POST", f"tasks/{task['id']}/submit/", body)
            submitted += 1
    return submitted


def _review(*, client: Client, round: dict[str, Any], truths: dict[int, str]) -> int:
    """The sample: right captions are accepted, wrong ones fixed."""
    reviewed = 0
    while queue := client.call("GET", f"rounds/{round['id']}/review-queue/"):
        for caption in queue:
            truth = truths[caption["image"]["id"]]
            body: dict[str, Any] = {"caption": caption["id"], "verdict": "accepted"}
            if caption["text"] != truth:
                body |= {"verdict": "fixed", "text": truth, "comment": "See the picture again."}
            client.call("POST", f"tasks/{caption['task']}/review/", body)
            reviewed += 1
    return reviewed


def _wait_for_jobs(
    *, admin: Client, project: str, round_id: int, say: Callable[[str], None], patience: float
) -> dict[str, Any] | None:
    """Until no job of the round is unfinished, telling what each does; then the round's run."""
    until = time.monotonic() + patience
    told = ""
    while time.monotonic() < until:
        jobs = [job for job in admin.pages("jobs/", project=project) if job["round"] == round_id]
        busy = [job for job in jobs if job["state"] in {"queued", "running"}]
        if not busy:
            runs = list(admin.pages("captioner-runs/", project=project))
            return next((run for run in runs if jobs and run["id"] == _run_of(jobs)), None)
        now = f"{busy[0]['kind']}: {busy[0]['state']} {busy[0]['message']}".strip()
        if now != told:
            say(now)
            told = now
        time.sleep(POLL_SECONDS)
    raise ServiceUnavailable(
        f"The jobs of the round took longer than {patience:.0f} s. Look into the workers' logs."
    )


def _run_of(jobs: list[dict[str, Any]]) -> int | None:
    return next((job["run"] for job in jobs if job["run"] is not None), None)
