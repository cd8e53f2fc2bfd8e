"""The running product that tests share is there for those that ask for it and for no others."""

from contextlib import suppress

import psutil

from tests.site import Site


def workers() -> list[str]:
    """The Celery workers that this process started."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # It has ended meanwhile.
            command = " ".join(child.cmdline())
            if "celery" in command and " worker" in command:
                found.append(command)
    return found


def test_whoever_asks_has_workers(site: Site) -> None:
    assert workers() != []


def test_whoever_does_not_ask_has_none_that_take_the_jobs() -> None:
    assert workers() == []
