"""Signals to the demo: an interrupt at once where it may be, at the end of what must not be cut in two."""

import signal
from collections.abc import Iterator

import pytest

from annotation_server.demo.ending import SIGNALS, Ending


@pytest.fixture
def ending() -> Iterator[Ending]:
    """Signals are as for a program that a person starts: nohup, for one, has SIGHUP ignored."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    listening = Ending()
    listening.listen()
    yield listening
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_interrupts_at_once(ending: Ending, number: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_held_signal_interrupts_at_the_end_of_what_holds_it(ending: Ending, number: signal.Signals) -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        hear_while_held(ending, number, done)
    assert done == ["the rest of it"]


def hear_while_held(ending: Ending, number: signal.Signals, done: list[str]) -> None:
    with ending.held():
        signal.raise_signal(number)
        done.append("the rest of it")


def test_an_error_of_what_was_held_is_not_hidden_by_the_signal(ending: Ending) -> None:
    with pytest.raises(ValueError, match="its own"):
        fail_while_held(ending)


def fail_while_held(ending: Ending) -> None:
    with ending.held():
        signal.raise_signal(signal.SIGINT)
        raise ValueError("its own")


def test_an_ignored_signal_interrupts_nothing(ending: Ending) -> None:
    ending.ignore()
    signal.raise_signal(signal.SIGINT)


def test_an_interrupt_is_heard_though_a_shell_had_it_ignored(ending: Ending) -> None:
    """As what a script starts with & has it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ending.listen()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_closed_terminal_ends_nothing_that_nohup_started(ending: Ending) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ending.listen()
    signal.raise_signal(signal.SIGHUP)
