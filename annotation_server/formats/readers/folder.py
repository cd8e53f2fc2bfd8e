"""A folder of pictures with sidecar texts: iguana.jpg with iguana.txt (an alt-text) or iguana.json (named fields).

A sidecar has the picture's name with or without its extension, in capitals or not: iguana.caption, iguana.jpg.txt, IGUANA.TXT.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.ledger import PICTURES, Ledger, is_hidden
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "folder"
EXTENSIONS = PICTURES - {".heic", ".heif"}
NOT_DECODED = "HEIC pictures are not taken: save them as JPEG or PNG."
BROKEN_SIDECAR = "It cannot be read: its picture's row is refused."
TEXT_SUFFIXES = (".txt", ".text", ".caption", ".captions")
SIDECAR_LIMIT = 1024 * 1024
# How files without an extension are known: JPEG, PNG, GIF, TIFF, and (from the fifth byte on) AVIF and WebP.
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")


def recognises(path: Path) -> bool:
    """Any folder with a picture somewhere below it."""
    return path.is_dir() and any(True for _ in _pictures(path, Ledger()))


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Pictures in the order of their paths. A picture without a sidecar has no alt-text."""
    known, ledger = Columns(names=[], said=columns), Ledger()
    total = sum(1 for _ in _pictures(path, Ledger()))
    return Source(format=NAME, rows=_rows(path, known, ledger), total=total, columns=known, ledger=ledger)


def first_pictures(path: Path, count: int) -> Iterator[tuple[Path, list[Path]]]:
    """The first pictures with their sidecars: what kind of a folder is it?"""
    return islice(_pictures(path, Ledger()), count)


def _pictures(folder: Path, ledger: Ledger) -> Iterator[tuple[Path, list[Path]]]:
    """Each picture with its sidecars. Links are not followed: they could lead out of the folder. What nobody may read is
    told by the ledger."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for entry in found if not entry.is_symlink() and not is_hidden(entry.name)]
    except OSError:
        return
    entries.sort(key=lambda entry: entry.name)
    names = [entry.name for entry in entries if entry.is_file()]
    sidecars: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        stem, suffix = _split(name)
        if suffix in (*TEXT_SUFFIXES, ".json"):
            sidecars[stem].append(name)
    for name in names:
        stem, suffix = _split(name)
        if suffix in EXTENSIONS or (not suffix and _is_picture(folder / name)):
            own = sidecars.get(stem, []) + (sidecars.get(name.lower(), []) if suffix else [])
            yield folder / name, [folder / one for one in own]
        elif suffix in PICTURES:
            ledger.leave_file(folder / name, NOT_DECODED)
    for entry in entries:
        if entry.is_dir():
            yield from _pictures(folder / entry.name, ledger)


def _split(name: str) -> tuple[str, str]:
    path = PurePath(name.lower())
    return path.stem, path.suffix


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    return start.startswith(STARTS) or start[4:12] == b"ftypavif" or start[8:12] == b"WEBP"


def _rows(folder: Path, columns: Columns, ledger: Ledger) -> Iterator[ImportRow]:
    for number, (picture, sidecars) in enumerate(_pictures(folder, ledger), start=1):
        name = picture.relative_to(folder).as_posix()
        cells: dict[str, Any] = {}
        problem = ""
        for sidecar in sorted(sidecars, key=lambda path: path.suffix.lower() != ".json"):
            try:
                _take(sidecar, cells)
                ledger.read_file(sidecar)
            except (OSError, ValueError, RecursionError) as error:
                ledger.leave_file(sidecar, BROKEN_SIDECAR)
                problem = f"'{sidecar.name}' cannot be read ({_why(error)})."
        if problem:
            yield columns.refused(number=number, name=name, cells=cells, picture=picture, problem=problem)
        else:
            yield columns.row(number=number, cells={**cells, "image": name}, folder=folder)


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8, at byte {error.start + 1}: save it as UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error)[:150]


def _take(sidecar: Path, cells: dict[str, Any]) -> None:
    """What the sidecar says; a .txt is one alt-text, its last line end left out."""
    if sidecar.suffix.lower() == ".json":
        found = json.loads(_bounded(sidecar))
        if not isinstance(found, dict):
            raise ValueError("it is not a JSON object")
        found.pop("image", None)
        cells |= found
        return
    text = _bounded(sidecar).removesuffix("\n")
    said = cells.get("alt_texts") or []
    cells["alt_texts"] = [*(said if isinstance(said, list) else [said]), text]
    if cells.get("caption") == text:  # img2dataset writes it twice.
        del cells["caption"]


def _bounded(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(SIDECAR_LIMIT + 1)
    if len(content) > SIDECAR_LIMIT:
        raise ValueError(f"{path.name} is longer than {SIDECAR_LIMIT:,} bytes")
    return content.decode("utf-8-sig")
