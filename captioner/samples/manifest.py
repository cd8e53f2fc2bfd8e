"""Manifests: what a run may see, as JSON Lines with one row an image."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from captioner.errors import BadManifest, NothingToDo

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One image with its texts. `references` are the held-out human captions; face boxes are in pixels."""

    row_id: str
    image: Path
    sha256: str
    alt_texts: tuple[str, ...] = ()
    caption: str | None = None
    references: tuple[str, ...] = ()
    source: str = ""
    domain: str = ""
    face_boxes: tuple[Box, ...] = ()


def read_manifest(path: Path) -> list[Row]:
    """Every row of the file, checked; raises BadManifest with the line's number, NothingToDo when there is none."""
    try:
        rows = list(_rows(path))
    except UnicodeDecodeError as error:
        raise BadManifest(f"The manifest {path} is not UTF-8 text; save it as UTF-8 JSON Lines.") from error
    if not rows:
        raise NothingToDo(f"The manifest {path} has no rows, so there is nothing to work on.")
    seen: set[str] = set()
    images: dict[str, Row] = {}
    for row in rows:
        if row.row_id in seen:
            raise BadManifest(f"The manifest {path} has the row_id {row.row_id!r} twice.")
        seen.add(row.row_id)
        _check_hash(row, images.setdefault(row.sha256, row), path=path)
    return rows


def _check_hash(row: Row, first: Row, *, path: Path) -> None:
    """An image is known by its hash, and two images of one hash would be taken for one."""
    if not row.sha256.strip():
        raise BadManifest(
            f"The row {row.row_id!r} of the manifest {path} has an empty sha256; give the SHA-256 of the bytes of {row.image}."
        )
    if row.image != first.image:
        raise BadManifest(
            f"The rows {first.row_id!r} and {row.row_id!r} of the manifest {path} have the same sha256 and different images "
            f"({first.image}, {row.image}); give each image the SHA-256 of its own bytes, or leave one row out if both are the "
            "same picture."
        )


def manifest_hash(path: Path) -> str:
    """SHA-256 of the file's bytes: names the exact rows."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def joined_alt_text(row: Row) -> str:
    """All alt-texts of an image as one input, the same way in training and in generation."""
    return "; ".join(text.strip() for text in row.alt_texts if text.strip())


def references_of(row: Row) -> tuple[str, ...]:
    """The human captions that a machine's caption of the row is measured against."""
    return row.references or ((row.caption,) if row.caption else ())


def _rows(path: Path) -> Iterator[Row]:
    try:
        lines = path.open(encoding="utf-8")
    except OSError as error:
        raise BadManifest(f"The manifest {path} cannot be opened: {error.strerror}.") from error
    with lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield _parse(json.loads(line), folder=path.parent)
                except (ValueError, KeyError, TypeError) as error:
                    reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
                    raise BadManifest(f"Line {number} of {path} is not a manifest row: {reason}.") from error


def _parse(fields: Any, *, folder: Path) -> Row:
    if not isinstance(fields, dict):
        raise TypeError("it is not an object")
    caption = fields.get("caption")
    return Row(
        row_id=_text(fields["row_id"]),
        image=folder / _text(fields["image"]),
        sha256=_text(fields["sha256"]),
        alt_texts=tuple(_text(text) for text in fields.get("alt_texts") or ()),
        caption=None if caption is None else _text(caption),
        references=tuple(_text(text) for text in fields.get("references") or ()),
        source=_text(fields.get("source") or ""),
        domain=_text(fields.get("domain") or ""),
        face_boxes=tuple(_box(box) for box in fields.get("face_boxes") or ()),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _box(value: Any) -> Box:
    left, top, right, bottom = (float(edge) for edge in value)
    return (left, top, right, bottom)
