"""Which column of a table means what: guessed from its name, or said by the user; and a row made from its cells."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotation_server.errors import InvalidSettings
from annotation_server.formats.readers.boxes import as_boxes
from annotation_server.formats.readers.cells import as_line, as_split, as_texts, is_nothing
from annotation_server.formats.readers.column_names import (
    KNOWN,
    PERHAPS,
    PLACES,
    SPLITS,
    known_field,
    meaning_of,
    plain_name,
    round_field,
)
from annotation_server.formats.readers.picture_address import picture_address
from annotation_server.formats.readers.row import ImportRow
from annotation_server.texts.text import UNSTORABLE

__all__ = ["KNOWN", "SPLITS", "Columns", "known_field"]

SAMPLED_ROWS = 10
SAMPLE_LENGTH = 120
# So many names are looked at: a file may have other ones in every line.
NAMES_LIMIT = 5_000
NAMES_SHOWN = 30
NAME_LENGTH = 300
LINES = ("source", "domain", "licence", "source_key", "page_url")


class Columns:
    """Column → field for one table. `unknown` columns are not used and are reported once. `spare` columns count only if another
    column of the same field is empty (column → that column). `samples` are a column's first values: they help to map it.
    `meant` is the format's own mapping, used unless the import sets another."""

    def __init__(
        self,
        *,
        names: Iterable[str],
        said: Mapping[str, str],
        meant: Mapping[str, str] | None = None,
        complete: bool = False,
    ) -> None:
        """`complete`: no other columns will follow. Raises InvalidSettings when something was said of a column that is not
        there, or of a field that there is none of."""
        if wrong := sorted(field for field in set(said.values()) if not known_field(field)):
            raise InvalidSettings(
                f"No field '{wrong[0]}' to map a column to. Fields: {', '.join(KNOWN)}, round1, round2 …, ignore."
            )
        self._said = dict(said)
        self._said_plainly = {plain_name(column): column for column in said}
        self._meant = meant or {}
        self._plan: list[tuple[str, list[str]]] = []
        self._texts_of: list[str] = []
        self._holds_captions = False
        self.field_of: dict[str, str] = {}
        self.unmet = dict(said)
        self.unknown: list[str] = []
        self.spare: dict[str, str] = {}
        self.seen: set[str] = set()
        self.samples: dict[str, str] = {}
        self.see(names)
        if complete:
            self._refuse_unmet()

    def see(self, names: Iterable[str]) -> None:
        """Take note of columns (later rows of JSON Lines may bring new ones)."""
        new = [name for name in names if name not in self.seen]
        if not new or len(self.seen) >= NAMES_LIMIT:
            return
        self.seen.update(new)
        for name in new:
            if UNSTORABLE.search(name):
                self.unknown.append(_as_sample(name))
            elif field := self._said_of(name) or self._meant.get(name) or meaning_of(name):
                self.field_of[name] = field
            elif plain_name(name) not in PERHAPS:
                self.unknown.append(name)
        self._settle_alt_texts()
        self._settle_address()
        self._settle_order()

    def _said_of(self, name: str) -> str:
        """What the user said of the column, by its exact name or by another way of writing it."""
        said = name if name in self._said else self._said_plainly.get(plain_name(name), "")
        if said not in self._said or (said != name and said in self.seen):
            return ""
        self.unmet.pop(said, None)
        return self._said[said]

    def _refuse_unmet(self) -> None:
        if self.unmet:
            there = ", ".join(sorted(self.seen)[:NAMES_SHOWN]) or "none"
            raise InvalidSettings(
                f"The source has no column '{next(iter(self.unmet))}'. Its columns: {there}."
            )

    def _settle_alt_texts(self) -> None:
        perhaps = sorted(
            (name for name in self.seen if name not in self.field_of and plain_name(name) in PERHAPS),
            key=lambda name: PERHAPS[plain_name(name)],
        )
        if perhaps and "alt_texts" not in self.field_of.values():
            self.field_of[perhaps.pop(0)] = "alt_texts"
        self.unknown = [name for name in self.unknown if name not in perhaps] + perhaps

    def _settle_address(self) -> None:
        """Beside a column that says it is the picture's address, a mere `url` is the page's."""
        addresses = [name for name, field in self.field_of.items() if field == "image_url"]
        for name in addresses if len(addresses) > 1 else ():
            if plain_name(name) == "url" and name not in self._said:
                self.field_of[name] = "page_url"

    def _settle_order(self) -> None:
        """Of several columns of one field the one that was said comes first, then the likeliest."""
        columns_of: dict[str, list[str]] = {}
        for name, field in self.field_of.items():
            if field != "ignore":
                columns_of.setdefault(field, []).append(name)
        self._plan = [
            (field, sorted(names, key=self._place))
            for field, names in columns_of.items()
            if field != "alt_texts"
        ]
        self._texts_of = columns_of.get("alt_texts", [])
        self._holds_captions = any(field == "rounds" or round_field(field) for field in columns_of)
        self.spare = {name: names[0] for _, names in self._plan for name in names[1:]}

    def _place(self, name: str) -> int:
        return -1 if self._said_of(name) else PLACES.get(plain_name(name), ("", 0))[1]

    def holds_texts(self, name: str) -> bool:
        """Alt-texts, or captions of a round."""
        field = self.field_of.get(name, "")
        return field in {"alt_texts", "rounds"} or bool(round_field(field))

    def counts(self, name: str) -> bool:
        """Does the column mean anything?"""
        return self.field_of.get(name, "ignore") != "ignore"

    def row(self, *, number: int, cells: Mapping[str, Any], folder: Path) -> ImportRow:
        """The cells as an ImportRow; what makes no sense becomes its problem."""
        self.see(cells)
        if number <= SAMPLED_ROWS:
            self._take_samples(cells)
        fields = self._by_field(cells)
        name = _name(fields) or f"row {number}"
        try:
            return ImportRow(
                number=number,
                name=name,
                picture=_picture(fields, folder),
                alt_texts=self._alt_texts(cells),
                split=as_split(fields.get("split")),
                face_boxes=as_boxes(fields.get("face_boxes")),
                captions=_captions(fields) if self._holds_captions else {},
                image_url=as_line(fields.get("image_url"), "image_url"),
                **{key: as_line(fields[key], key) for key in LINES if key in fields},
            )
        except ValueError as problem:
            picture = _file_named(fields, folder)
            return self.refused(number=number, name=name, cells=cells, picture=picture, problem=str(problem))

    def refused(
        self, *, number: int, name: str, cells: Mapping[str, Any], picture: Path | None, problem: str
    ) -> ImportRow:
        """A row that cannot be taken, with those of its texts that can be read: the report counts them as left."""
        texts: list[str] = []
        captions: dict[int, list[str]] = {}
        with suppress(ValueError):
            texts = self._alt_texts(cells)
        with suppress(ValueError):
            captions = _captions(self._by_field(cells)) if self._holds_captions else {}
        return ImportRow(
            number=number, name=name, picture=picture, problem=problem, alt_texts=texts, captions=captions
        )

    def _by_field(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Of several columns of one field the first that says something counts; alt-texts are not among them."""
        fields: dict[str, Any] = {}
        for field, columns in self._plan:
            for column in columns:
                cell = cells.get(column)
                if not (is_nothing(cell) or cell == ""):
                    fields[field] = cell
                    break
        return fields

    def _alt_texts(self, cells: Mapping[str, Any]) -> list[str]:
        """Those of all columns that hold some, one after the other. Raises ValueError."""
        return [text for column in self._texts_of for text in as_texts(cells.get(column), column)]

    def _take_samples(self, cells: Mapping[str, Any]) -> None:
        for name, cell in cells.items():
            if not self.samples.get(name) and cell is not None and not isinstance(cell, bytes):
                self.samples[name] = _as_sample(cell)


def _as_sample(cell: Any) -> str:
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, default=lambda _: "…")
    return text[:SAMPLE_LENGTH].replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _name(fields: Mapping[str, Any]) -> str:
    """What the report calls the row: the picture's path or address, else the source's own id."""
    for field in ("image", "image_url", "source_key"):
        cell = fields.get(field)
        cell = cell.get("path") if isinstance(cell, dict) else cell
        if isinstance(cell, str | int | float) and str(cell).strip():
            return str(cell)[:NAME_LENGTH]
    return ""


def _picture(fields: Mapping[str, Any], folder: Path) -> Path | bytes | str:
    image = fields.get("image") or fields.get("image_url")
    if isinstance(image, dict):  # As the `datasets` library writes pictures.
        image = image.get("bytes") or image.get("path")
    if isinstance(image, bytes):
        return image
    if not isinstance(image, str) or not image.strip():
        raise ValueError("The row names no image.")
    if (address := picture_address(image)) is not None:
        return address
    image = image.strip()
    if "\x00" in image:
        raise ValueError("The image's path has a NUL character.")
    return folder / image


def _file_named(fields: Mapping[str, Any], folder: Path) -> Path | None:
    """Which file a row names that cannot be taken."""
    try:
        picture = _picture(fields, folder)
    except ValueError:
        return None
    return picture if isinstance(picture, Path) else None


def _captions(fields: Mapping[str, Any]) -> dict[int, list[str]]:
    """By round, one of each person: from columns like round3 (a text, or a list of texts), or from our own export's list of
    {"round", "slot", "text"}."""
    captions: dict[int, list[str]] = {}
    for one in sorted(map(_own_caption, _as_list(fields.get("rounds"))), key=lambda one: one[:2]):
        captions.setdefault(one[0], []).append(one[2])
    for field, cell in fields.items():
        if round_field(field) and (texts := [text for text in as_texts(cell, field) if text.strip()]):
            captions[int(field.removeprefix("round"))] = texts
    return captions


def _own_caption(one: Any) -> tuple[int, int, str]:
    """Round, slot and text. Raises ValueError."""
    found = (
        (one.get("round"), one.get("slot", 0), one.get("text"))
        if isinstance(one, dict)
        else (None, None, None)
    )
    number, slot, text = found
    if type(number) is not int or type(slot) is not int or not isinstance(text, str):
        raise ValueError("rounds is not a list of objects with round and text.")
    return number, slot, text


def _as_list(rounds: Any) -> list[Any]:
    """Also as a table has it, written as JSON."""
    if isinstance(rounds, str):
        try:
            rounds = json.loads(rounds)
        except (ValueError, RecursionError):
            rounds = [None]
    return rounds if isinstance(rounds, list) else [None] if rounds else []
