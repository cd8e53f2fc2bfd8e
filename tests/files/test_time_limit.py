"""The time limit of an import: what goes on in steps stops at the next one, what is stuck in one is interrupted."""

import re
import signal
from collections.abc import Iterator

import pytest

from annotation_server.errors import TookTooLong
from annotation_server.files.time_limit import TimeLimit, in_words


def test_nothing_is_left_of_a_time_that_is_over() -> None:
    over = TimeLimit(seconds=7200, spent=7200)
    assert over.seconds_left == 0
    with pytest.raises(
        TookTooLong, match=r"longer than 2 hours \(IMPORT_SECONDS_LIMIT\)\. What came in stays"
    ):
        over.check()
    told: list[int] = []

    def progress(*, done: int, total: int, message: str) -> None:
        told.append(done)

    with pytest.raises(TookTooLong):
        over.watched(progress)(done=1, total=2, message="reading")
    with pytest.raises(TookTooLong):
        next(over.over(iter([1])))
    TimeLimit(seconds=7200).watched(progress)(done=2, total=2, message="reading")
    assert told == [2]


def _stuck() -> Iterator[int]:
    yield 1
    while True:
        pass


def test_a_reader_that_is_stuck_is_interrupted() -> None:
    rows = TimeLimit(seconds=0.3).over(_stuck())
    assert next(rows) == 1
    with pytest.raises(TookTooLong):
        next(rows)


def test_a_regular_expression_that_never_ends_is_interrupted() -> None:
    with pytest.raises(TookTooLong), TimeLimit(seconds=0.3).interrupting():
        re.match(r"(a|a)*b", "a" * 60)


def test_a_reader_that_takes_the_first_alarm_for_a_bad_row_is_interrupted_again() -> None:
    def stubborn() -> Iterator[int]:
        try:
            while True:
                pass
        except TookTooLong:
            yield from _stuck()

    rows = TimeLimit(seconds=0.2).over(stubborn())
    with pytest.raises(TookTooLong):
        list(rows)


def test_another_ones_alarm_is_left_as_it_was() -> None:
    before, handler = signal.getitimer(signal.ITIMER_REAL), signal.getsignal(signal.SIGALRM)
    with TimeLimit(seconds=100).interrupting():
        assert signal.getsignal(signal.SIGALRM) != handler
    after = signal.getitimer(signal.ITIMER_REAL)
    assert signal.getsignal(signal.SIGALRM) == handler
    assert before[1] == after[1]
    assert abs(before[0] - after[0]) < 60


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3600, "1 hour"), (172_800, "48 hours"), (90, "90 seconds"), (120, "2 minutes"), (0.5, "0.5 seconds")],
)
def test_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
