"""Exports of other annotation tools: every person's caption, and what is left out is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.ledger import Kind
from annotation_server.formats.readers.source import Source
from tests.drawing import write_picture, write_rows


def annotation(text: str | list[str], area: str = "caption", **more: Any) -> dict[str, Any]:
    texts = [text] if isinstance(text, str) else text
    return {"result": [{"type": "textarea", "from_name": area, "value": {"text": texts}}], **more}


def tasks(*given: dict[str, Any], path: Path, **columns: str) -> Source:
    path.write_text(json.dumps([{"id": 1, "data": {"image": "a.png"}, **one} for one in given]))
    return open_source(source=str(path), columns=columns)


def test_each_persons_caption_is_one_and_what_is_not_taken_is_told(tmp_path: Path) -> None:
    source = tasks(
        {
            "annotations": [
                annotation("By ann.", completed_by=1),
                annotation(["By bob,", "in two lines."], completed_by={"id": 2}),
                annotation("Cancelled.", completed_by=3, was_cancelled=True),
                annotation("By ann again.", completed_by=1),
                {"result": [], "completed_by": 4},
                {"result": [{"type": "choices", "value": {"choices": ["x"]}}], "completed_by": 5},
                annotation("  ", completed_by=6),
                "nonsense",
            ],
            "predictions": [annotation("By a machine.", model_version="blip")],
            "drafts": [annotation("Half of")],
        },
        path=tmp_path / "export.json",
    )
    assert [row.captions for row in source.rows] == [{1: ["By ann again.", "By bob,\nin two lines."]}]
    left = source.ledger.left(Kind.ANNOTATION)
    assert source.ledger.used(Kind.ANNOTATION) == 2
    assert {reason: (one.count, one.example) for reason, one in left.items()} == {
        "It was cancelled: its annotator skipped the task.": (1, "Cancelled."),
        "The same person made a later one.": (1, "By ann."),
        "It has no text.": (3, "annotation 4"),
        "It is a machine's: drafts come from this server's own captioners.": (1, "By a machine."),
        "It is a draft that nobody has submitted.": (1, "Half of"),
    }


def test_which_text_area_is_taken_is_shown_and_can_be_said(tmp_path: Path) -> None:
    both = {
        "annotations": [{"result": annotation("A title.", "title")["result"] + annotation("Long.")["result"]}]
    }
    source = tasks(both, path=tmp_path / "export.json")
    assert [row.captions for row in source.rows] == [{1: ["Long."]}]
    assert source.columns is not None
    assert source.columns.field_of["annotations.caption"] == "round1"
    assert source.columns.unknown == ["annotations.title"]
    said = {"annotations.title": "round1", "annotations.caption": "round2"}
    again = tasks(both, path=tmp_path / "export.json", **said)
    assert [row.captions for row in again.rows] == [{1: ["A title."], 2: ["Long."]}]


FLAT = ["image", "id", "alt", "caption", "annotator", "annotation_id", "created_at", "lead_time"]


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_flat_exports(tmp_path: Path, kind: str) -> None:
    write_picture(tmp_path / "upload/3/ab12cd34-a.png", 1)
    write_picture(tmp_path / "pix/b.png", 2)
    write_picture(tmp_path / "c.png", 3)
    rows: list[list[Any]] = [
        ["/data/upload/3/ab12cd34-a.png", 1, "alt", "By ann.", 1, 5, "2024", 3.2],
        ["/data/local-files/?d=disk/pix/b.png", 2, "", "By bob.", 2, 6, "2024", 3.2],
        ["/data/upload/3/0123abcd-c.png", 2, "", "By cleo.", 2, 6, "2024", 3.2],
    ]
    path = tmp_path / f"export.{kind}"
    if kind == "json":
        path.write_text(json.dumps([dict(zip(FLAT, row, strict=True)) for row in rows]))
    else:
        path.write_text("\n".join(",".join(map(str, row)) for row in [FLAT, *rows]) + "\n")
    source = open_source(source=str(path))
    assert source.format == "label_studio"
    assert [(row.picture, row.alt_texts, row.captions) for row in source.rows] == [
        (tmp_path / "upload/3/ab12cd34-a.png", ["alt"], {1: ["By ann."]}),
        (tmp_path / "pix/b.png", [""], {1: ["By bob."]}),
        (tmp_path / "c.png", [""], {1: ["By cleo."]}),
    ]


def test_comments_of_doccano_are_told(tmp_path: Path) -> None:
    rows = [{"id": 1, "filename": "a.png", "label": ["One.", "Two."], "Comments": ["?", "!"]}]
    source = open_source(source=str(write_rows(tmp_path / "all.jsonl", rows)))
    assert [row.captions for row in source.rows] == [{1: ["One.", "Two."]}]
    left = source.ledger.left(Kind.ANNOTATION)
    assert [(one.count, one.example) for one in left.values()] == [(2, "?")]


def test_several_slots_of_our_own_export(tmp_path: Path) -> None:
    said = [(2, 0, "Again."), (1, 1, "By bob."), (1, 0, "By ann.")]
    rounds = [{"round": number, "slot": slot, "text": text} for number, slot, text in said]
    path = write_rows(tmp_path / "rows.jsonl", [{"image": "a.png", "rounds": rounds}])
    assert [row.captions for row in open_source(source=str(path)).rows] == [
        {1: ["By ann.", "By bob."], 2: ["Again."]}
    ]
