"""The workbench in a real Chromium, on the production server command with real pictures.

    .venv/bin/python -m bench.page_load [--json] [--tasks 500] [--openings 5] [--keys 60]

Opening is from a cold cache and without the picture; it ends when the text has the focus and the picture is there. From
submit to the next: from the key press to the frame in which the next picture is painted and its text has the focus. A
key's cost is the script time of one character typed into a caption of 2,000 words, with everything that follows from it.
Memory is the JavaScript heap after a collection, at a fifth of the tasks and at their end.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from bench.server import started
from deploy.chromium import find_or_install_chromium
from tests.drawing import write_picture, write_rows

if TYPE_CHECKING:
    from annotation_server.models import Round, User

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
WORDS = 2_000
# As measured with the same Chromium on such a machine: see the documentation.
LABEL_STUDIO = {"kilobytes": 8060, "requests": 35, "usable_s": 4.6, "submit_to_next_ms": 850}

USABLE = """() => {
    const [field, image] = [document.querySelector('.caption-field'), document.querySelector('.stage img')];
    return document.activeElement === field && image?.complete && image.naturalWidth > 0;
}"""
# Waits for frames, so that what is timed is what is seen.
TIME_SUBMITS = """() => {
    window.submitTimes = [];
    addEventListener('keydown', event => {
        if (event.key !== 'Enter' || !event.ctrlKey) return;
        const [began, old] = [event.timeStamp, document.querySelector('.stage img').src];
        const look = () => {
            const [field, image] = [document.querySelector('.caption-field'), document.querySelector('.stage img')];
            const there = image && image.src !== old && image.complete && document.activeElement === field;
            if (there) requestAnimationFrame(now => submitTimes.push(performance.now() - began));
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, {capture: true});
}"""


def open_round(folder: Path, tasks: int) -> "tuple[Round, list[User]]":
    """A round over so many drawn pictures, one of them with a very long alt-text, and two annotators."""
    from annotation_server.choices import Role, StartingText
    from annotation_server.options.import_images import ImportOptions
    from annotation_server.options.launch_round import RoundSettings
    from annotation_server.steps.imports.import_images import import_images
    from annotation_server.steps.people.add_person import add_person
    from annotation_server.steps.projects.create_project import create_project, set_role
    from annotation_server.steps.rounds.launch_round import launch_round

    project = create_project(slug="bench", name="Bench", created_by=None)
    people = [add_person(username=name) for name in ("typist", "reader")]
    for person in people:
        set_role(project=project, user=person, role=Role.ANNOTATOR, set_by=None)
    letters = "abcdefghijklmnopqrstuvwxyz"
    long_text = " ".join(a + b + c for a, b, c in islice(product(letters, repeat=3), WORDS))
    rows = []
    for number in range(tasks):
        write_picture(folder / f"{number}.jpg", number, width=1024, height=768)
        text = f"Green iguana number {number} on Santa Cruz"
        rows.append(
            {"image": f"{number}.jpg", "alt_text": long_text if number == 0 else text, "split": "train"}
        )
    import_images(
        project=project,
        source=str(write_rows(folder / "rows.jsonl", rows)),
        imported_by=None,
        options=ImportOptions(),
        progress=lambda **told: None,
    )
    settings = RoundSettings(starting_text=StartingText.ALT_TEXT)
    return launch_round(project=project, settings=settings, launched_by=None), people


def signed_in(browser: Browser, url: str, user: "User") -> Page:
    """A fresh profile with a session and nothing cached."""
    from annotation_server.steps.people.use_sign_in_link import make_sign_in_link

    context = browser.new_context(viewport=LAPTOP)
    session = f"{url}/api/v1/session/"
    context.request.get(session)
    token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
    answer = context.request.post(
        session, data={"link": make_sign_in_link(user=user)}, headers={"X-CSRFToken": token}
    )
    assert answer.ok, answer.text()
    return context.new_page()


class Traffic:
    """What a page transfers, as the network sees it; pictures of tasks aside."""

    def __init__(self, session: CDPSession) -> None:
        self._pictures: set[str] = set()
        self._bytes: dict[str, float] = {}
        self._scripts: set[str] = set()
        session.send("Network.enable")
        session.on("Network.responseReceived", self._response)
        session.on("Network.loadingFinished", self._finished)

    def _response(self, event: dict[str, Any]) -> None:
        if "/pixels/" in event["response"]["url"]:
            self._pictures.add(event["requestId"])
        if event["type"] == "Script":
            self._scripts.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]

    def figures(self) -> dict[str, float]:
        """Kilobytes of all and of scripts, and the number of requests."""
        counted = {name: size for name, size in self._bytes.items() if name not in self._pictures}
        scripts = sum(size for name, size in counted.items() if name in self._scripts)
        return {
            "kilobytes": sum(counted.values()) / 1000,
            "script_kilobytes": scripts / 1000,
            "requests": len(counted),
        }


def measure_opening(browser: Browser, url: str, round: "Round", user: "User") -> dict[str, float]:
    """Once, from a cold cache."""
    page = signed_in(browser, url, user)
    traffic = Traffic(page.context.new_cdp_session(page))
    began = time.perf_counter()
    page.goto(f"{url}/annotate/{round.pk}", wait_until="commit")
    page.wait_for_function(USABLE, polling="raf")
    usable = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    figures = {**traffic.figures(), "usable_s": usable}
    page.context.close()
    return figures


def script_ms(session: CDPSession) -> float:
    """Script time of the page so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(each["value"] for each in metrics if each["name"] == "ScriptDuration"))


def heap_megabytes(session: CDPSession) -> float:
    """After a collection."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def measure_keys(page: Page, session: CDPSession, keys: int) -> list[float]:
    """Characters typed into the middle of the long caption, each in ms of script."""
    page.evaluate("document.querySelector('.caption-field').setSelectionRange(4000, 4000)")
    length = len(page.input_value(".caption-field"))
    assert length > WORDS * 3, "this is not the long caption"
    costs = []
    for number in range(keys):
        before = script_ms(session)
        page.keyboard.type("a green iguana "[number % 15])
        page.wait_for_timeout(
            60
        )  # What a key sets off (the difference, keeping the text) is part of its cost.
        costs.append(script_ms(session) - before)
    assert len(page.input_value(".caption-field")) == length + keys
    return costs


def measure_submits(page: Page, session: CDPSession, tasks: int) -> tuple[list[float], float, float]:
    """Times from submit to the next task in ms, and the heap early and at the end in MB."""
    page.evaluate(TIME_SUBMITS)
    early = 0.0
    for number in range(tasks):
        page.keyboard.type(" on a rock.")
        page.keyboard.press("Control+Enter")
        page.wait_for_function("count => submitTimes.length === count", arg=number + 1, polling="raf")
        if number == tasks // 5:
            early = heap_megabytes(session)
    times: list[float] = page.evaluate("submitTimes")
    return times, early, heap_megabytes(session)


def measure(url: str, *, tasks: int, openings: int, keys: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Everything, in one browser."""
    with tempfile.TemporaryDirectory() as folder:
        say(f"importing {tasks} pictures")
        round, (typist, reader) = open_round(Path(folder), tasks)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop lives in this thread.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install_chromium(), args=flags)
        say("typing into a long caption")
        page = signed_in(browser, url, typist)
        session = page.context.new_cdp_session(page)
        session.send(
            "Performance.enable", {"timeDomain": "threadTicks"}
        )  # CPU time: others use this machine.
        page.goto(f"{url}/annotate/{round.pk}")
        page.wait_for_function(USABLE)
        key_costs = measure_keys(page, session, keys)
        say("opening the workbench")
        opened = [measure_opening(browser, url, round, reader) for _ in range(openings)]
        say(f"submitting {tasks - 10} captions")
        times, early, late = measure_submits(page, session, tasks - 10)
        browser.close()
    opening = {name: median(each[name] for each in opened) for name in opened[0]}
    return {
        **opening,
        "submit_to_next_ms": median(times),
        "submit_to_next_p95_ms": sorted(times)[int(len(times) * 0.95)],
        "worst_key_ms": max(key_costs),
        "median_key_ms": median(key_costs),
        "heap_early_mb": early,
        "heap_late_mb": late,
        "tasks": tasks - 10,
    }


def table(figures: dict[str, Any]) -> str:
    """Ours beside Label Studio's, as far as both are known."""
    lines = [f"{'':24}{'ours':>12}{'Label Studio 1.23.2':>22}"]
    for name, value in figures.items():
        theirs = LABEL_STUDIO.get(name)
        lines.append(f"{name:24}{value:>12,.1f}{'' if theirs is None else f'{theirs:,.1f}':>22}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON last")
    parser.add_argument("--tasks", type=int, default=500)
    parser.add_argument("--openings", type=int, default=5)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with started() as served:
        figures = measure(
            served.url,
            tasks=options.tasks,
            openings=options.openings,
            keys=options.keys,
            say=lambda line: print(line, flush=True),
        )
    print(table(figures))
    if options.json:
        ratios = {f"{name}_ratio": round(theirs / figures[name], 2) for name, theirs in LABEL_STUDIO.items()}
        print(json.dumps({name: round(value, 2) for name, value in figures.items()} | ratios))


if __name__ == "__main__":
    main()
