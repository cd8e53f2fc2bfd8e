"""A folder of pictures with sidecar texts: iguana.jpg with iguana.txt (an alt-text) or iguana.json (named fields)."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "folder"
EXTENSIONS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}
SIDECAR_LIMIT = 1024 * 1024


def recognises(path: Path) -> bool:
    """Any folder with a picture somewhere below it."""
    return path.is_dir() and any(True for _ in _pictures(path))


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Pictures in the order of their paths. A picture without a sidecar has no alt-text."""
    known = Columns(names=[], said=columns)
    total = sum(1 for _ in _pictures(path))
    return Source(format=NAME, rows=_rows(path, known), total=total, columns=known)


def _pictures(folder: Path) -> Iterator[Path]:
    """Links are not followed: they could lead out of the folder."""
    entries = sorted(
        entry for entry in folder.iterdir() if not entry.is_symlink() and not entry.name.startswith(".")
    )
    files = (entry for entry in entries if entry.is_file() and entry.suffix.lower() in EXTENSIONS)
    return chain(files, chain.from_iterable(_pictures(entry) for entry in entries if entry.is_dir()))


def _rows(folder: Path, columns: Columns) -> Iterator[ImportRow]:
    for number, picture in enumerate(_pictures(folder), start=1):
        name = picture.relative_to(folder).as_posix()
        try:
            cells = _sidecar(picture)
        except (OSError, ValueError, RecursionError) as error:
            yield ImportRow(
                number=number, name=name, problem=f"Its sidecar file cannot be read ({str(error)[:150]})."
            )
            continue
        yield columns.row(number=number, cells={**cells, "image": name}, folder=folder)


def _sidecar(picture: Path) -> dict[str, Any]:
    """What the sidecar says; a .txt is one alt-text, its last line end left out."""
    cells: dict[str, Any] = {}
    as_json, as_text = picture.with_suffix(".json"), picture.with_suffix(".txt")
    if as_json.is_file():
        cells = json.loads(_bounded(as_json))
        if not isinstance(cells, dict):
            raise ValueError("it is not a JSON object")
        cells.pop("image", None)
    if as_text.is_file():
        cells["alt_texts"] = [_bounded(as_text).removesuffix("\n")]
    return cells


def _bounded(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(SIDECAR_LIMIT + 1)
    if len(content) > SIDECAR_LIMIT:
        raise ValueError(f"{path.name} is longer than {SIDECAR_LIMIT:,} bytes")
    return content.decode("utf-8-sig")
