"""Parquet: a file or a folder of them (img2dataset's output, a dataset of the Hugging Face hub), with pictures or addresses."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import SPLITS, Columns
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "parquet"
# Rows may hold whole pictures.
ROWS_AT_ONCE = 64


def recognises(path: Path) -> bool:
    """A Parquet file, or a folder with some below it."""
    return any(True for _ in _files(path))


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Files in the order of their names. A file called train-… or test-… says the split of its rows, if they do not."""
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import ParquetFile

    try:
        opened = [ParquetFile(file) for file in _files(path)]
    except ArrowInvalid as error:
        raise UnreadableSource(f"{path} cannot be read ({str(error)[:150]}).") from error
    known = Columns(names=[name for one in opened for name in one.schema_arrow.names], said=columns)
    total = sum(one.metadata.num_rows for one in opened)
    for one in opened:
        one.close()
    return Source(format=NAME, rows=_rows(path, known), total=total, columns=known)


def split_of_file(name: str) -> str:
    """The split that a file's name starts with, as on the hub; empty when it says none."""
    word = re.match("[a-z]+", name.lower())
    return SPLITS[word[0]].value if word and word[0] in SPLITS else ""


def _files(path: Path) -> Iterator[Path]:
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    for file in files:
        with file.open("rb") as opened:
            if opened.read(4) == b"PAR1":
                yield file


def _rows(path: Path, columns: Columns) -> Iterator[ImportRow]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    says_split = "split" in columns.field_of.values()
    number = 0
    for file in _files(path):
        split = "" if says_split else split_of_file(file.name)
        with ParquetFile(file) as opened:
            wanted = [
                name for name in opened.schema_arrow.names if columns.field_of.get(name, "ignore") != "ignore"
            ]
            try:
                for batch in opened.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
                    for cells in batch.to_pylist():
                        number += 1
                        extra = {"split": split} if split else {}
                        yield columns.row(number=number, cells={**cells, **extra}, folder=file.parent)
            except (ArrowException, OSError) as error:
                number += 1
                yield ImportRow(
                    number=number, name=file.name, problem=f"The file breaks off here ({str(error)[:150]})."
                )
