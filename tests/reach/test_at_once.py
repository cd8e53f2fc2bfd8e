"""Many files at a time: whoever gives up does not wait for a store that never ends."""

import threading

import pytest

from annotation_server.reach import at_once as pool
from annotation_server.reach.at_once import at_once


def test_each_is_done_once() -> None:
    done: list[str] = []
    names = [str(number) for number in range(100)]
    at_once(done.append, names)
    assert sorted(done) == sorted(names)


def test_the_first_failure_is_told_and_no_more_is_begun() -> None:
    begun: list[str] = []

    def work(name: str) -> None:
        begun.append(name)
        raise ValueError(name)

    with pytest.raises(ValueError, match=r"\d"):
        at_once(work, (str(number) for number in range(1_000)))
    assert len(begun) <= 2 * pool.AT_ONCE


def test_one_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(pool, "ENDING_SECONDS", 0.2)

    def never_end(name: str) -> None:
        over.wait()

    def give_up() -> None:
        raise KeyError("cancelled")

    try:
        with pytest.raises(KeyError):
            at_once(never_end, ["a"], meanwhile=give_up)
    finally:
        over.set()
