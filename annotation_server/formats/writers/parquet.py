"""Parquet: a row an image with every round side by side, in files of bounded size, each of one split.

Folder and names are those that the hub gives its own datasets (data/train-00000-of-00002.parquet), and nothing else lies
below data/: pandas, pyarrow, polars and the `datasets` library open it as it is.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from annotation_server.formats.writers.columns import COLUMNS, IMAGE, Kind, hub_feature
from annotation_server.formats.writers.jsonl import as_record
from annotation_server.formats.writers.parts import Part, Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "parquet"
FOLDER = "data"
ROWS_PER_GROUP = 500
# With pictures a group ends earlier: all of it is in memory, several times over, while it is written.
BYTES_PER_GROUP = 8 * 1024 * 1024
ROWS_PER_FILE = 50_000
PICTURED_ROWS_PER_FILE = 5_000

_TYPES = {
    "string": pyarrow.string(),
    "bool": pyarrow.bool_(),
    "int32": pyarrow.int32(),
    "int64": pyarrow.int64(),
    "float64": pyarrow.float64(),
    IMAGE: pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())]),
}


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data/train-00000-of-00002.parquet and so on."""
    write_splits(rows=rows, parts=parts)


def write_splits(*, rows: Iterable[ExportRow], parts: Parts) -> None:
    """The rows of each split in files of their own; without a row one file that has none."""
    (parts.folder / FOLDER).mkdir()
    open_parts: dict[str, Part] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        number, place = divmod(counts[row.split], PICTURED_ROWS_PER_FILE if row.picture else ROWS_PER_FILE)
        if place == 0:
            if row.split in open_parts:
                open_parts[row.split].close()
            make = partial(RowWriter, described=schema(pictures=row.picture is not None))
            open_parts[row.split] = parts.open(f"{FOLDER}/{row.split}-{number:05d}.partial", make)
        open_parts[row.split].add(row)
        counts[row.split] += 1
    for part in open_parts.values():
        part.close()
    for split in counts:
        _name_files(parts.folder / FOLDER, split)
    if not counts:
        RowWriter(
            parts.folder / FOLDER / "train-00000-of-00001.parquet", described=schema(pictures=False)
        ).close()


def schema(*, pictures: bool) -> Any:
    """With the picture in the first column, if the export holds pictures; and with the `datasets` library's own description,
    without which it takes a picture for a pair of bytes and path."""
    fields: dict[str, Kind] = {"image": IMAGE, **COLUMNS} if pictures else COLUMNS
    plain = pyarrow.schema([(name, _arrow(kind)) for name, kind in fields.items()])
    features = {name: hub_feature(kind) for name, kind in fields.items()}
    return plain.with_metadata({"huggingface": json.dumps({"info": {"features": features}})})


def _arrow(kind: Kind) -> Any:
    if isinstance(kind, str):
        return _TYPES[kind]
    if isinstance(kind, list):
        return pyarrow.list_(_arrow(kind[0]))
    return pyarrow.struct([(name, _arrow(inner)) for name, inner in kind.items()])


def _name_files(folder: Path, split: str) -> None:
    """How many there are is known only now."""
    files = sorted(folder.glob(f"{split}-*.partial"))
    for number, file in enumerate(files):
        file.rename(folder / f"{split}-{number:05d}-of-{len(files):05d}.parquet")


class RowWriter:
    """One Parquet file, written in groups of rows."""

    def __init__(self, path: Path, *, described: Any) -> None:
        self._schema = described
        self._writer = parquet.ParquetWriter(path, described, compression="zstd")
        self._waiting: list[dict[str, Any]] = []
        self._bytes = 0

    def add(self, row: ExportRow) -> None:
        """Take the row; a full group is written."""
        record = as_record(row)
        if row.picture:
            content = row.picture.read_bytes()
            self._bytes += len(content)
            record["image"] = {"bytes": content, "path": Path(row.picture_name).name}
        self._waiting.append(record)
        if len(self._waiting) == ROWS_PER_GROUP or self._bytes >= BYTES_PER_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left and end the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pyarrow.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting, self._bytes = [], 0
