"""Manifests: every row checked, the line told that is wrong."""

import json
from pathlib import Path

import pytest

from captioner.errors import BadManifest, NothingToDo
from captioner.samples.manifest import Row, joined_alt_text, read_manifest

GOOD = {"row_id": "1", "image": "a.png", "sha256": "00", "alt_texts": ["x"]}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Line 2"),
        ("[]", "not an object"),
        (json.dumps({"row_id": "2"}), "it lacks 'image'"),
        (json.dumps({**GOOD, "row_id": 2}), "2 is not a text"),
        (json.dumps({**GOOD, "row_id": "2", "face_boxes": [[1, 2]]}), "Line 2"),
        (json.dumps(GOOD), "'1' twice"),
        (
            json.dumps({**GOOD, "row_id": "2", "sha256": " "}),
            r"The row '2' .* has an empty sha256; give the SHA-256",
        ),
        (
            json.dumps({**GOOD, "row_id": "2", "image": "b.png"}),
            r"The rows '1' and '2' .* same sha256 and different images .*a\.png, .*b\.png\); give each image",
        ),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + line + "\n")
    with pytest.raises(BadManifest, match=reason):
        read_manifest(path)


def test_one_image_may_have_several_rows(tmp_path: Path) -> None:
    """As those of a round in which several people caption it."""
    path = tmp_path / "m.jsonl"
    path.write_text("".join(json.dumps({**GOOD, "row_id": number}) + "\n" for number in "12"))
    assert [row.row_id for row in read_manifest(path)] == ["1", "2"]


def test_a_manifest_without_rows_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(NothingToDo, match="has no rows"):
        read_manifest(tmp_path / "empty.jsonl")
    (tmp_path / "shard.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadManifest, match="not UTF-8"):
        read_manifest(tmp_path / "shard.jsonl")
    with pytest.raises(BadManifest, match="cannot be opened"):
        read_manifest(tmp_path / "missing.jsonl")


def test_several_alt_texts_are_joined_in_their_order() -> None:
    row = Row(row_id="1", image=Path("a"), sha256="", alt_texts=("Iguana", " ", "on a rock"))
    assert joined_alt_text(row) == "Iguana; on a rock"
