"""`python -m tests.all_suites`: every test of the project, suite after suite, and how many there were.

Most Python tests run in parallel; then those that drive a browser or ask the running product, each process with a server of its
own; then, one at a time, those that take the whole machine; then the front end's. A suite that ran no test has failed: an
empty suite proves nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from deploy.chromium import NoChromium, find_or_install_chromium
from deploy.node import find_node

REPORTS = Path("var/test").resolve()
# Files in the order of their names: the slow ones come early, so the quick ones can balance the two processes at the end. A
# process that crashes ends the suite: with a new one in its place pytest-xdist may wait for ever.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart=0"]


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def main() -> int:
    os.chdir(Path(__file__).resolve().parents[1])
    REPORTS.mkdir(parents=True, exist_ok=True)
    # Otherwise each of hundreds of processes compiles every module again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rows = [(name, *run_suite(suite)) for name, suite in SUITES.items()]
    print()
    for name, counts, seconds in rows:
        print(f"{name:<28}{counts!s:<34}{seconds:7.1f} s")
    total = sum((counts for _, counts, _ in rows), Counts())
    print(f"tests: {total}")
    return 1 if total.failed else 0


def parallel_suite(report: Path) -> int:
    return _pytest([*SIDE_BY_SIDE, "-m", "not (browser or site or serial)"], report)


def running_product_suite(report: Path) -> int:
    return _with_a_browser([*SIDE_BY_SIDE, "-m", "(browser or site) and not serial"], report)


def one_at_a_time_suite(report: Path) -> int:
    return _with_a_browser(["-m", "serial"], report)


def _with_a_browser(arguments: Sequence[str], report: Path) -> int:
    return _pytest(arguments, report) if _has_chromium() else 1


def _has_chromium() -> bool:
    """Whether there is one, or could be installed; it is then the one that every browser test takes."""
    try:
        os.environ["CHROMIUM"] = str(find_or_install_chromium())
    except NoChromium as reason:
        print(f"error: {reason}", file=sys.stderr)
        return False
    return True


def vitest_suite(report: Path) -> int:
    """Functions in Node, components in Chromium."""
    if not _has_chromium():
        return 1
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    try:
        find_node().npm(["run", "--silent", "test", "--", *reporters], folder=Path("frontend"))
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


SUITES: dict[str, Callable[[Path], int]] = {
    "pytest": parallel_suite,
    "pytest, running product": running_product_suite,
    "pytest, one at a time": one_at_a_time_suite,
    "vitest": vitest_suite,
}


def run_suite(suite: Callable[[Path], int]) -> tuple[Counts, float]:
    """What a suite counted and how many seconds it took."""
    report = REPORTS / f"{suite.__name__}.xml"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    code = suite(report)
    counts = read_counts(report)
    if counts.passed + counts.failed == 0 or (code != 0 and counts.failed == 0):
        counts += Counts(failed=1)  # the suite itself
    return counts, time.monotonic() - started


def read_counts(report: Path) -> Counts:
    """The counts of a JUnit report; none when it was not written."""
    if not report.exists():
        return Counts()
    counts = Counts()
    for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 (our own test runners wrote it)
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts += Counts(int(suite.get("tests", 0)) - failed - skipped, failed, skipped)
    return counts


def _pytest(arguments: Sequence[str], report: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
