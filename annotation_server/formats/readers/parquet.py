"""Parquet: a file or a folder of them (img2dataset's output, a dataset of the Hugging Face hub), with pictures or addresses."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.ledger import Ledger, is_hidden
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.split_names import split_of_path

NAME = "parquet"
START = b"PAR1"
# Rows may hold whole pictures.
ROWS_AT_ONCE = 64
NO_PARQUET = "It is no Parquet file, though its name says so."


def recognises(path: Path) -> bool:
    """A Parquet file, or a folder with some below it; not img2dataset's list beside the folder that it lists."""
    return any(_is_parquet(file) and not _lists_a_folder(file, path) for file in _files(path))


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Files in the order of their names, one open at a time. A file called train-… or test-… says the split of its rows, if
    they do not. Columns are those of all files: another file's may differ from the first one's."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    names: dict[str, None] = {}
    total = readable = 0
    problem = f"{path} holds no Parquet file."
    for file in _files(path):
        try:
            with ParquetFile(file) as opened:
                names |= dict.fromkeys(opened.schema_arrow.names)
                total += opened.metadata.num_rows
                readable += 1
        except (ArrowException, OSError, ValueError) as error:  # Its own row says so, if others can be read.
            problem = f"{file} cannot be read ({str(error)[:150]})."
    if not readable:
        raise UnreadableSource(problem)
    known, ledger = Columns(names=names, said=columns, complete=True), Ledger()
    return Source(format=NAME, rows=_rows(path, known, ledger), total=total, columns=known, ledger=ledger)


def _files(path: Path) -> Iterator[Path]:
    """All that are called so, in the order of their names; hidden ones and links are not followed."""
    if path.is_file():
        yield path
        return
    found = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not is_hidden(name)]
        found += [
            os.path.join(folder, name)  # noqa: PTH118  (of thousands)
            for name in names
            if name.lower().endswith((".parquet", ".parq", ".pq")) and not is_hidden(name)
        ]
    for name in sorted(found):
        file = Path(name)
        if not file.is_symlink() and file.is_file():
            yield file


def _is_parquet(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(START)) == START
    except OSError:
        return False


def _lists_a_folder(file: Path, source: Path) -> bool:
    return source.is_dir() and file.with_suffix("").is_dir()


def _rows(path: Path, columns: Columns, ledger: Ledger) -> Iterator[ImportRow]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    says_split = "split" in columns.field_of.values()
    number = 0
    for file in _files(path):
        if not _is_parquet(file):
            ledger.leave_file(file, NO_PARQUET)
            continue
        ledger.read_file(file)
        extra = _said_by_path(file, path, columns, says_split)
        try:
            with ParquetFile(file) as opened:
                names = opened.schema_arrow.names
                wanted = [name for name in names if columns.field_of.get(name, "ignore") != "ignore"]
                if not wanted and opened.metadata.num_rows:
                    raise ValueError(f"it has no column of the other files, but {', '.join(names)[:100]!r}")
                for batch in opened.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
                    for cells in batch.to_pylist():
                        number += 1
                        yield columns.row(number=number, cells={**extra, **cells}, folder=file.parent)
        except (ArrowException, OSError, ValueError) as error:
            number += 1
            problem = f"The file cannot be read from here on ({str(error)[:150]})."
            yield ImportRow(number=number, name=file.name, problem=problem)


def _said_by_path(file: Path, source: Path, columns: Columns, says_split: bool) -> dict[str, Any]:
    """Folders called column=value, as Hive and Spark write them; and the split."""
    parts = file.relative_to(source).parent.parts if source.is_dir() else ()
    said: dict[str, Any] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if equals:
            said[name] = value
    columns.see(said)
    if not says_split and "split" not in said and (split := split_of_path(file, below=source)):
        said["split"] = split
    return said
