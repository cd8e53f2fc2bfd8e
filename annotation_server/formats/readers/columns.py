"""Which column of a table means what: guessed from its name, or said by the user; and a row made from its cells."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from annotation_server.choices import Split
from annotation_server.errors import InvalidSettings
from annotation_server.formats.readers.row import ImportRow

# Field → column names that mean it, the likeliest first.
KNOWN = {
    "image": (
        "image",
        "jpg",
        "png",
        "webp",
        "image_path",
        "img_path",
        "img",
        "file_name",
        "filename",
        "file",
        "path",
        "filepath",
    ),
    "image_url": ("image_url", "img_url"),
    "alt_texts": ("alt_texts", "alt_text", "alt", "alts", "texts", "caption_alt_text_description", "alttext"),
    "split": ("split", "subset"),
    "source": ("source", "dataset"),
    "domain": ("domain", "category"),
    "licence": ("licence", "license"),
    "source_key": ("source_key", "id", "key", "image_id", "uid"),
    "source_url": ("source_url", "url", "page_url"),
    "rounds": ("rounds",),
    "face_boxes": ("face_boxes", "face_bbox", "face_bboxes"),
}
# Only when no column says by its name that it holds alt-texts.
PERHAPS_ALT_TEXTS = ("caption", "captions", "text", "description", "title")
SAMPLED_ROWS = 10
SAMPLE_LENGTH = 120
ROUND_COLUMN = re.compile(r"round_?(\d{1,4})")
SPLITS = {
    "train": Split.TRAIN, "training": Split.TRAIN,
    "eval": Split.EVAL, "evaluation": Split.EVAL, "test": Split.EVAL, "val": Split.EVAL, "validation": Split.EVAL,
    "held_out": Split.EVAL,
}  # fmt: skip


class Columns:
    """Column → field for one table. `unknown` are the columns that mean nothing to us, to be reported once; `samples` what
    the first rows have in a column, for whoever decides what it means."""

    def __init__(self, *, names: Iterable[str], said: Mapping[str, str]) -> None:
        if wrong := sorted(field for field in set(said.values()) if not known_field(field)):
            raise InvalidSettings(
                f"No field '{wrong[0]}' to map a column to. Fields: {', '.join(KNOWN)}, round1, round2 …, ignore."
            )
        self.field_of = dict(said)
        self.unknown: list[str] = []
        self.seen: set[str] = set()
        self.samples: dict[str, str] = {}
        self.see(names)

    def see(self, names: Iterable[str]) -> None:
        """Take note of columns (later rows of JSON Lines may bring new ones)."""
        new = [name for name in names if name not in self.seen]
        if not new:
            return
        self.seen.update(new)
        guessed = {column: field for field, columns in KNOWN.items() for column in columns}
        for name in new:
            if name not in self.field_of:
                if field := guessed.get(name.lower()) or _round_field(name):
                    self.field_of[name] = field
                elif name.lower() not in PERHAPS_ALT_TEXTS:
                    self.unknown.append(name)
        self._settle_alt_texts()
        self._settle_image()

    def _settle_alt_texts(self) -> None:
        perhaps = [name for name in PERHAPS_ALT_TEXTS if name in self.seen and name not in self.field_of]
        if perhaps and "alt_texts" not in self.field_of.values():
            self.field_of[perhaps.pop(0)] = "alt_texts"
        self.unknown = [name for name in self.unknown if name not in perhaps] + perhaps

    def _settle_image(self) -> None:
        """A table of addresses only: its `url` is the picture's."""
        if not {"image", "image_url"} & set(self.field_of.values()):
            for name in ("url", "URL"):
                if self.field_of.get(name) == "source_url":
                    self.field_of[name] = "image_url"

    def row(self, *, number: int, cells: Mapping[str, Any], folder: Path) -> ImportRow:
        """The cells as an ImportRow; what makes no sense becomes its problem."""
        self.see(cells)
        if number <= SAMPLED_ROWS:
            self._take_samples(cells)
        fields = _by_field(cells, self.field_of)
        name = str(
            fields.get("image") or fields.get("image_url") or fields.get("source_key") or f"row {number}"
        )[:300]
        try:
            return ImportRow(
                number=number,
                name=name,
                picture=_picture(fields, folder),
                alt_texts=as_texts(fields.get("alt_texts")),
                split=as_split(fields.get("split")),
                face_boxes=as_boxes(fields.get("face_boxes")),
                captions=_captions(fields),
                source_url=as_line(fields.get("source_url") or fields.get("image_url")),
                **{key: as_line(fields.get(key)) for key in ("source", "domain", "licence", "source_key")},
            )
        except ValueError as problem:
            return ImportRow(number=number, name=name, problem=str(problem))

    def _take_samples(self, cells: Mapping[str, Any]) -> None:
        for name, cell in cells.items():
            if not self.samples.get(name) and cell is not None and not isinstance(cell, bytes):
                self.samples[name] = _as_sample(cell)


def known_field(name: str) -> bool:
    """Whether a column may be said to mean that."""
    return name in KNOWN or name == "ignore" or _round_field(name) == name


def _as_sample(cell: Any) -> str:
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, default=lambda _: "…")
    return text[:SAMPLE_LENGTH].replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def as_texts(cell: Any) -> list[str]:
    """A cell that holds one text or several (a list, or a JSON list in a string)."""
    if cell is None:
        return []
    if isinstance(cell, str):
        if cell.startswith("[") and cell.endswith("]"):
            try:
                parsed = json.loads(cell)
            except (ValueError, RecursionError):
                return [cell]
            if isinstance(parsed, list) and all(isinstance(text, str) for text in parsed):
                return parsed
        return [cell]
    if isinstance(cell, list) and all(isinstance(text, str) for text in cell):
        return list(cell)
    raise ValueError("The alt-text is neither a text nor a list of texts.")


def as_split(cell: Any) -> str:
    """`train`, `eval`, or empty where the source says nothing. Other projects' words for held-out images are understood."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str) and cell.lower() in SPLITS:
        return SPLITS[cell.lower()].value
    raise ValueError(f"Unknown split {str(cell)[:50]!r}: use train or eval.")


def as_boxes(cell: Any) -> list[list[float]]:
    """[[x0, y0, x1, y1], …], also from a JSON string; empty when there is none."""
    if isinstance(cell, str):
        try:
            cell = json.loads(cell) if cell.strip() else None
        except (ValueError, RecursionError):
            raise ValueError("face_bbox cannot be read.") from None
    if not cell:
        return []
    boxes = cell if isinstance(cell, list) else [cell]
    if all(isinstance(edge, int | float) for edge in boxes):
        boxes = [boxes]
    return [_box(box) for box in boxes]


def as_line(cell: Any) -> str:
    """A short text; numbers are written out."""
    if cell is None or cell != cell:  # NaN stands for an empty cell in some tables.
        return ""
    if isinstance(cell, str | int | float) and not isinstance(cell, bool):
        return str(cell)
    raise ValueError(f"{json.dumps(cell, default=str)[:80]} is not a text.")


def _box(box: Any) -> list[float]:
    edges = list(box.values()) if isinstance(box, dict) else box
    fine = isinstance(edges, list) and len(edges) >= 4 and all(isinstance(e, int | float) for e in edges[:4])
    if not fine or not all(-1e9 < e < 1e9 for e in edges[:4]):
        raise ValueError("face_bbox has a box that is not four numbers.")
    return [float(edge) for edge in edges[:4]]


def _by_field(cells: Mapping[str, Any], field_of: Mapping[str, str]) -> dict[str, Any]:
    """Several columns of one field: the alt-texts are put in a row, otherwise the first that says something counts."""
    fields: dict[str, Any] = {}
    for column, cell in cells.items():
        field = field_of.get(column, "ignore")
        if field == "ignore" or cell is None:
            continue
        if field == "alt_texts" and field in fields:
            fields[field] = [*as_texts(fields[field]), *as_texts(cell)]
        elif fields.get(field) in (None, ""):
            fields[field] = cell
    return fields


def _picture(fields: Mapping[str, Any], folder: Path) -> Path | bytes | str:
    image = fields.get("image") or fields.get("image_url")
    if isinstance(image, dict):  # As the `datasets` library writes pictures.
        image = image.get("bytes") or image.get("path")
    if isinstance(image, bytes):
        return image
    if not isinstance(image, str) or not image.strip():
        raise ValueError("The row names no image.")
    if re.match("https?://", image, re.IGNORECASE):
        return image
    if "\x00" in image:
        raise ValueError("The image's path has a NUL character.")
    return folder / image


def _captions(fields: Mapping[str, Any]) -> dict[int, str]:
    """By round: from columns like round3, or from our own export's list of {"round", "text"} (the first slot counts)."""
    captions: dict[int, str] = {}
    for one in fields.get("rounds") or []:
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("text"), str)
            or type(one.get("round")) is not int
        ):
            raise ValueError("rounds is not a list of objects with round and text.")
        captions.setdefault(one["round"], one["text"])
    for field, text in fields.items():
        if _round_field(field) and isinstance(text, str) and text.strip():
            captions[int(field.removeprefix("round"))] = text
    return captions


def _round_field(name: str) -> str | None:
    found = ROUND_COLUMN.fullmatch(name.lower())
    return f"round{int(found[1])}" if found and int(found[1]) else None
