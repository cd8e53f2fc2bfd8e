"""WebDataset: tar shards of samples, 000001.jpg + 000001.txt + 000001.json, as img2dataset writes and MetaCLIP has them.

Members are streamed, never extracted: no name in an archive becomes a path.
"""

import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "webdataset"
SUFFIXES = ("*.tar", "*.tar.gz", "*.tgz")
PICTURES = {extension.removeprefix(".") for extension in EXTENSIONS}
TEXTS = {"txt", "text", "caption"}
PICTURE_LIMIT = 256 * 1024 * 1024
TEXT_LIMIT = 4 * 1024 * 1024


def recognises(path: Path) -> bool:
    """A tar file that holds a picture near its beginning, or a folder of them."""
    shard = next(_shards(path), None)
    return shard is not None and _has_picture(shard)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Shards in the order of their names, samples in the order of the archive. How many is not known beforehand."""
    known = Columns(names=[], said=columns)
    return Source(format=NAME, rows=_rows(path, known), total=0, columns=known)


def _shards(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(shard for suffix in SUFFIXES for shard in path.glob(suffix))
    elif tarfile.is_tarfile(path):
        yield path


def _has_picture(shard: Path) -> bool:
    try:
        with tarfile.open(shard, "r|*") as archive:
            for member, _ in zip(archive, range(100), strict=False):
                if member.isreg() and _key_and_kind(member.name)[1] in PICTURES:
                    return True
    except (tarfile.TarError, OSError, EOFError):
        return False
    return False


def _rows(path: Path, columns: Columns) -> Iterator[ImportRow]:
    number = 0
    for shard in _shards(path):
        for key, sample in _samples(shard):
            number += 1
            name = f"{shard.name}:{key}"[:300]
            if isinstance(sample, str):
                yield ImportRow(number=number, name=name, problem=sample)
            else:
                row = columns.row(number=number, cells={"source_key": key, **sample}, folder=shard.parent)
                yield _named(row, name)


def _named(row: ImportRow, name: str) -> ImportRow:
    return ImportRow(**{**row.__dict__, "name": name})


def _samples(shard: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Keys with the sample's cells, or with what is wrong with a member. Members of one key follow each other."""
    key: str | None = None
    cells: dict[str, Any] = {}
    try:
        with tarfile.open(shard, "r|*") as archive:
            for member in archive:
                if member.isdir():
                    continue
                if problem := _problem(member):
                    yield member.name, problem
                    continue
                of, kind = _key_and_kind(member.name)
                if of != key and cells:
                    yield key or "", cells
                if of != key:
                    key, cells = of, {}
                _add(cells, kind, archive, member)
    except (tarfile.TarError, OSError, EOFError) as error:
        yield shard.name, f"The archive breaks off here ({str(error)[:150]})."
    if cells:
        yield key or "", cells


def _problem(member: tarfile.TarInfo) -> str:
    if not member.isreg():
        return "It is a link or a device, not a file; skipped."
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts:
        return "Its name leads out of the archive; skipped."
    kind = _key_and_kind(member.name)[1]
    limit = PICTURE_LIMIT if kind in PICTURES else TEXT_LIMIT
    if kind in PICTURES | TEXTS | {"json"} and member.size > limit:
        return f"It has {member.size:,} bytes; at most {limit:,} are taken."
    return ""


def _key_and_kind(name: str) -> tuple[str, str]:
    """a/b/0001.seg.png → (a/b/0001, seg.png), as the webdataset library splits names."""
    path = PurePosixPath(name)
    stem, _, kind = path.name.partition(".")
    return (path.parent / stem).as_posix(), kind.lower()


def _add(cells: dict[str, Any], kind: str, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    if kind not in PICTURES | TEXTS | {"json"}:
        return
    file = archive.extractfile(member)
    content = file.read() if file else b""
    if kind in PICTURES:
        cells["image"] = content
    elif kind in TEXTS:
        cells["alt_texts"] = [content.decode("utf-8", "replace"), *cells.get("alt_texts", [])]
    else:
        _add_json(cells, content)


def _add_json(cells: dict[str, Any], content: bytes) -> None:
    """img2dataset repeats the .txt as `caption` here; MetaCLIP has `texts`, a list of texts or of [source, text]."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return
    if not isinstance(found, dict):
        return
    if isinstance(
        found.get("alt_texts"), list
    ):  # Our own export: the .txt is the caption, which is not an alt-text.
        cells["alt_texts"] = found["alt_texts"]
    texts = found.pop("texts", None)
    if isinstance(texts, list):
        cells["alt_texts"] = [
            *cells.get("alt_texts", []),
            *(text for one in texts if (text := _text(one)) is not None),
        ]
    for name, value in found.items():
        if name == "caption" and isinstance(value, str) and value in cells.get("alt_texts", []):
            continue
        cells.setdefault(name, value)


def _text(one: Any) -> str | None:
    last = one[-1] if isinstance(one, list) and one else one
    return last if isinstance(last, str) else None
