"""Captions that were written elsewhere arrive as closed rounds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server.choices import StartingText
from annotation_server.models import (
    Caption,
    Project,
    Round,
    Task,
    User,
)
from tests.drawing import write_picture, write_rows
from tests.steps.imports.import_images.importing import Import, counts

pytestmark = pytest.mark.django_db


def captioned(task: Task) -> Caption:
    assert task.current_caption is not None
    return task.current_caption


def test_earlier_rounds_arrive_as_closed_rounds_with_parents(
    tmp_path: Path, run: Import, project: Project, open_round: Callable[..., Round], make_images: Any
) -> None:
    for name in "abc":
        write_picture(tmp_path / f"{name}.png", ord(name))
    rows: list[dict[str, Any]] = [
        {
            "img_path": "a.png",
            "alt": "iguana",
            "round1": "A green iguana.",
            "round3": "A green iguana\r\non a rock.",
        },
        {"img_path": "b.png", "alt": "lizard", "round3": "A lizard."},
        {"img_path": "c.png", "alt": "newt", "round3": "A newt \x00."},
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    report = run(path)
    assert (counts(report), report.captions) == ((3, 0, 0), 3)
    assert [note["row"] for note in report.notes] == [3]
    assert list(Round.objects.values_list("number", "state")) == [(1, "closed"), (3, "closed")]
    tasks = Task.objects.order_by("round__number", "image")
    assert [
        (task.round.number, task.state, task.starting_source, task.starting_text, captioned(task).text)
        for task in tasks
    ] == [
        (1, "accepted", "alt_text", "iguana", "A green iguana."),
        (3, "accepted", "previous_caption", "A green iguana.", "A green iguana\non a rock."),
        (3, "accepted", "alt_text", "lizard", "A lizard."),
    ]
    second = captioned(tasks[1])
    assert second.parent == captioned(tasks[0])
    assert (second.words, second.words_changed) == (6, 3)
    assert run(path).captions == 0
    assert not User.objects.get(username="imported").is_active
    following = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    assert following.number == 4
    assert set(Task.objects.filter(round=following).values_list("starting_text", flat=True)) == {
        "A green iguana\non a rock.",
        "A lizard.",
        "newt",
    }


def test_earlier_rounds_are_not_mixed_with_a_projects_own(
    tmp_path: Path, run: Import, open_round: Callable[..., Round], make_images: Any
) -> None:
    make_images(1)
    open_round()
    write_picture(tmp_path / "a.png", 1)
    report = run(write_rows(tmp_path / "rows.jsonl", [{"image": "a.png", "round1": "A green iguana."}]))
    assert (counts(report), report.captions) == ((1, 0, 0), 0)
    assert (
        report.notes[0]["note"] == "Its earlier captions were left out: this project has rounds of its own."
    )
    assert not Caption.objects.exists()


def test_several_people_of_one_round_are_several_slots_each_once(
    tmp_path: Path, run: Import, open_round: Callable[..., Round]
) -> None:
    write_picture(tmp_path / "a.png", 1)
    write_picture(tmp_path / "b.png", 2)
    rows: list[dict[str, Any]] = [
        {"image": "a.png", "alt": "iguana", "round1": ["By ann.", "By bob.", "By ann."]},
        {"image": "b.png", "alt": "newt", "round1": "By cleo."},
        {"image": "b.png", "round1": "By dan."},
        {"image": "b.png", "round1": [f"No. {number}" for number in range(30)]},
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    report = run(path)
    assert report.captions == 23
    assert [note["note"] for note in report.notes] == [
        "Captions of one image in one round after the first 20 were left out."
    ]
    found = list(Task.objects.order_by("image", "slot").values_list("slot", "current_caption__text")[:5])
    assert found == [(0, "By ann."), (1, "By ann."), (2, "By bob."), (0, "By cleo."), (1, "By dan.")]
    assert len(set(Caption.objects.values_list("task__image", "annotator"))) == 23
    assert Round.objects.get().annotators_per_image == 20
    assert run(path).captions == 0
    following = open_round(starting_text=StartingText.PREVIOUS_CAPTION)
    assert list(
        Task.objects.filter(round=following).order_by("image").values_list("starting_text", flat=True)
    ) == [
        "By ann.",
        "By cleo.",
    ]
