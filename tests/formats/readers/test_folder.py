"""A folder of pictures with sidecar texts."""

import json
from pathlib import Path

from annotation_server.formats.readers import open_source
from tests.drawing import write_picture


def test_sidecars_give_texts_and_fields(tmp_path: Path) -> None:
    write_picture(tmp_path / "b/iguana.jpg", 1)
    (tmp_path / "b/iguana.txt").write_text("An iguana\n")
    write_picture(tmp_path / "lizard.png", 2)
    (tmp_path / "lizard.json").write_text(
        json.dumps({"alt_texts": ["A lizard"], "domain": "animals", "image": "elsewhere.png"})
    )
    write_picture(tmp_path / "nothing.webp", 3)
    (tmp_path / "readme.md").write_text("not a picture")
    source = open_source(source=str(tmp_path))
    assert (source.format, source.total) == ("folder", 3)
    assert [(row.name, row.alt_texts, row.domain, row.problem) for row in source.rows] == [
        ("lizard.png", ["A lizard"], "animals", ""),
        ("nothing.webp", [], "", ""),
        ("b/iguana.jpg", ["An iguana"], "", ""),
    ]


def test_a_broken_sidecar_is_that_rows_problem(tmp_path: Path) -> None:
    for name, content in {"a": b"{", "b": b"[]", "c": b"\xff\xfe\xfa"}.items():
        write_picture(tmp_path / f"{name}.png", 1)
        (tmp_path / f"{name}.json").write_bytes(content)
    write_picture(tmp_path / "d.png", 2)
    found = {row.name: bool(row.problem) for row in open_source(source=str(tmp_path)).rows}
    assert found == {"a.png": True, "b.png": True, "c.png": True, "d.png": False}


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = write_picture(tmp_path / "outside/secret.png", 1)
    inside = tmp_path / "inside"
    write_picture(inside / "a.png", 2)
    (inside / "link.png").symlink_to(outside)
    (inside / "folder").symlink_to(outside.parent)
    assert [row.name for row in open_source(source=str(inside)).rows] == ["a.png"]
