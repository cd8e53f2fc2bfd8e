"""How far long work is: a bar on a terminal, plain lines or JSON lines elsewhere."""

import io
import json
import re
import threading

import pytest

from captioner.progress import LineProgress


class Terminal(io.StringIO):
    """A stream that can be redrawn in place."""

    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, *, as_json: bool = False, every_seconds: float = 3600.0) -> list[str]:
    """The lines of two stages, the first resumed at 20 of 100."""
    progress = LineProgress(stream=stream, as_json=as_json, every_seconds=every_seconds)
    for done in (20, 21, 60, 100, 100):
        progress(done=done, total=100, message="embedding\nimages")
    progress(done=0, total=0, message="training")
    progress(done=5, total=2_000, message="training")
    progress.close()
    progress.close()
    return stream.getvalue().splitlines()


def test_elsewhere_a_stage_is_told_when_it_begins_and_when_it_is_done() -> None:
    lines = [re.sub(r" \(.*", "", line) for line in told(io.StringIO())]
    assert lines == ["embedding images: 20/100", "embedding images: 100/100", "training: 0/0"]


def test_each_line_has_the_time_left_and_the_rate() -> None:
    shape = re.compile(r"[a-z ]+: [\d,]+/[\d,]+ \((\?|\d+:\d\d) left, (\?|[\d.]+)/s\)")
    lines = told(io.StringIO(), every_seconds=0.0)
    assert [line for line in lines if not shape.fullmatch(line)] == []
    assert [line.split(" (")[0].split(": ")[1] for line in lines] == [
        *("20/100", "21/100", "60/100", "100/100", "100/100", "0/0", "5/2,000"),
    ]


def test_programs_get_json() -> None:
    lines = [json.loads(line) for line in told(io.StringIO(), as_json=True, every_seconds=0.0)]
    assert [(line["stage"], line["done"], line["total"]) for line in lines] == [
        *(("embedding\nimages", done, 100) for done in (20, 21, 60, 100, 100)),
        *(("training", 0, 0), ("training", 5, 2_000)),
    ]
    assert lines[0]["per_second"] == 0
    assert "seconds_left" not in lines[0]
    assert lines[2]["per_second"] > 0
    assert lines[3]["seconds_left"] == 0


def test_on_a_terminal_each_stage_has_a_bar_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    before = threading.active_count()
    bars = told(Terminal())
    assert threading.active_count() == before
    lines = [bar for bar in bars if bar]
    assert {line.split(": ")[0] for line in lines} == {"embedding images", "training"}
    first = [line for line in lines if line.startswith("embedding images")]
    assert first[-1].startswith("embedding images: 100%|")
    assert lines[lines.index(first[-1]) + 1 :] == [line for line in lines if line.startswith("training")]
    assert capsys.readouterr() == ("", "")


def test_what_was_announced_too_small_grows() -> None:
    stream = io.StringIO()
    progress = LineProgress(stream=stream, every_seconds=0.0)
    progress(done=0, total=2, message="x")
    progress(done=7, total=2, message="x")
    assert stream.getvalue().splitlines()[-1].startswith("x: 7/7 ")
