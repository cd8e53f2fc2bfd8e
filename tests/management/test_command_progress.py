"""How far a command is: a bar on a terminal, plain lines elsewhere."""

import io
import sys

import pytest

from annotation_server.management import base
from annotation_server.management.base import CommandProgress


class Terminal(io.StringIO):
    """A stream that can be redrawn in place."""

    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(sys, "stderr", stream)
    with CommandProgress(unit="images") as progress:
        for done in (0, 1):  # no total is known yet
            progress(done=done, total=0, message="unpacking")
        progress(done=3, total=2_000, message="importing\nimages")
        progress(done=2_000, total=2_000, message="importing\nimages")
        progress(done=2_000, total=2_000, message="importing\nimages")
    return stream.getvalue().splitlines()


def test_elsewhere_short_work_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PLAIN_EVERY_SECONDS", 3600.0)
    assert told(io.StringIO(), monkeypatch) == ["importing images: 2,000 of 2,000 images"]


def test_elsewhere_long_work_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PLAIN_EVERY_SECONDS", 0.0)
    assert told(io.StringIO(), monkeypatch) == [
        "unpacking: 0",
        "unpacking: 1",
        "importing images: 3 of 2,000 images",
        *["importing images: 2,000 of 2,000 images"] * 2,
    ]


def test_on_a_terminal_there_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = told(Terminal(), monkeypatch)
    assert "importing images: 100%" in drawn[-1]
    assert "2000/2000" in drawn[-1]
