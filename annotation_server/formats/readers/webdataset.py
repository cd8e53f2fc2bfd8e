"""WebDataset: tar shards of samples, 000001.jpg + 000001.txt + 000001.json, as img2dataset writes and MetaCLIP has them.

Which members belong together, tar_samples.py says; nothing is extracted (tar_index.py).
"""

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.ledger import OF_NO_USE, Kind, Ledger, is_hidden
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.split_names import split_of_path
from annotation_server.formats.readers.tar_index import TarIndex, contents, index_of
from annotation_server.formats.readers.tar_samples import PICTURES, Sample, key_and_kind, samples_of

NAME = "webdataset"
SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
PICTURE_LIMIT = 256 * 1024 * 1024
TEXT_LIMIT = 4 * 1024 * 1024
LOOKED_AT = 100
ANOTHER_PICTURE = "Its sample has another picture."
ANOTHER_TEXT = "Its name says that it is something else than its sample's text."


def recognises(path: Path) -> bool:
    """A tar file that holds a picture near its beginning, or a folder of them."""
    shard = next(_shards(path), None)
    return shard is not None and _has_picture(shard)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Shards in the order of their names, samples in the order of the archive. How many is not known beforehand."""
    known, ledger = Columns(names=[], said=columns), Ledger()
    return Source(format=NAME, rows=_rows(path, known, ledger), total=0, columns=known, ledger=ledger)


def _shards(path: Path) -> Iterator[Path]:
    """Of a folder its own ones, else those of the folders in it (train/00000.tar)."""
    if not path.is_dir():
        if tarfile.is_tarfile(path):
            yield path
        return
    found = _named(path)
    if not found:
        folders = sorted(one for one in path.iterdir() if one.is_dir() and not one.is_symlink())
        found = [shard for folder in folders if not is_hidden(folder.name) for shard in _named(folder)]
    yield from found


def _named(folder: Path) -> list[Path]:
    return sorted(
        one
        for one in folder.iterdir()
        if one.name.lower().endswith(SUFFIXES)
        and one.is_file()
        and not one.is_symlink()
        and not is_hidden(one.name)
    )


def _has_picture(shard: Path) -> bool:
    try:
        with tarfile.open(shard, "r|*") as archive:
            return any(
                member.isreg() and key_and_kind(member.name)[1] in PICTURES
                for member in islice(archive, LOOKED_AT)
            )
    except (tarfile.TarError, OSError, EOFError, ValueError):
        return False


def _rows(path: Path, columns: Columns, ledger: Ledger) -> Iterator[ImportRow]:
    number = 0
    for shard in _shards(path):
        ledger.read_file(shard)
        split = split_of_path(shard, below=path)
        for row in _rows_of(shard, columns, ledger, number, split):
            number = row.number
            yield row


def _rows_of(shard: Path, columns: Columns, ledger: Ledger, before: int, split: str) -> Iterator[ImportRow]:
    index = index_of(shard)
    samples, unknown = samples_of(index.members)
    for name, why in [*index.left, *((member.name, OF_NO_USE) for member in unknown)]:
        ledger.leave(Kind.MEMBER, why, example=name)
    number = before
    files = contents(index, [sample.members for sample in samples])
    for number, (sample, found) in enumerate(zip(samples, files, strict=True), start=before + 1):
        name = f"{shard.name}:{sample.key}"[:300]
        ledger.use(Kind.MEMBER, len(sample.members))
        for member in sample.others:
            is_picture = key_and_kind(member.name)[1] in PICTURES
            ledger.leave(Kind.MEMBER, ANOTHER_PICTURE if is_picture else ANOTHER_TEXT, example=member.name)
        try:
            cells = _cells(sample, found, index)
        except ValueError as problem:
            yield ImportRow(number=number, name=name, problem=str(problem))
            continue
        said = {"split": split} if split and "split" not in cells else {}
        row = columns.row(
            number=number, cells={"source_key": sample.key, **cells, **said}, folder=shard.parent
        )
        if sample.picture is None and isinstance(row.picture, Path | None):
            row = replace(row, picture=None, problem="The sample has no picture.")
        yield replace(row, name=name)
    if index.problem:
        yield ImportRow(number=number + 1, name=shard.name, problem=index.problem)


def _cells(sample: Sample, found: dict[int, bytes], index: TarIndex) -> dict[str, Any]:
    """What the members say. Raises ValueError, which names the member."""
    for member in sample.members:
        limit = PICTURE_LIMIT if member is sample.picture else TEXT_LIMIT
        if member.size > limit:
            raise ValueError(f"'{member.name}' has {member.size:,} bytes; at most {limit:,} are taken.")
        if member.number not in found:
            why = "the archive breaks off" if index.problem else "its sample is too large, or too far apart"
            raise ValueError(f"'{member.name}' cannot be read ({why}).")
    cells: dict[str, Any] = {}
    if sample.picture is not None:
        cells["image"] = found[sample.picture.number]
    if sample.texts:
        cells["alt_texts"] = [_text_of(found[member.number], member.name) for member in sample.texts]
    if sample.json is not None:
        _add_json(cells, found[sample.json.number], sample.json.name)
    return cells


def _text_of(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"'{name}' is not UTF-8 (at byte {error.start}): save it as UTF-8.") from error


def _add_json(cells: dict[str, Any], content: bytes, name: str) -> None:
    """img2dataset repeats the .txt as `caption` here; MetaCLIP has `texts`, a list of texts or of [source, text]."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"'{name}' is no JSON ({str(error)[:100]}).") from error
    if not isinstance(found, dict):
        raise ValueError(f"'{name}' is not a JSON object.")
    if "image" in cells:
        found.pop("image", None)
    if isinstance(
        found.get("alt_texts"), list
    ):  # Our own export: the .txt is the caption, which is not an alt-text.
        cells["alt_texts"] = found["alt_texts"]
    texts = found.pop("texts", None)
    if isinstance(texts, list):
        of_json = [text for one in texts if (text := _text(one)) is not None]
        cells["alt_texts"] = [*cells.get("alt_texts", []), *of_json]
    elif texts is not None:
        found["texts"] = texts
    for field, value in found.items():
        if field == "caption" and isinstance(value, str) and value in cells.get("alt_texts", []):
            continue
        cells.setdefault(field, value)


def _text(one: Any) -> str | None:
    last = one[-1] if isinstance(one, list) and one else one
    return last if isinstance(last, str) else None
