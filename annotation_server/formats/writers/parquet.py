"""Parquet: a row an image with every round side by side, in files of bounded size."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from annotation_server.formats.writers.jsonl import as_record
from annotation_server.formats.writers.parts import Part, Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "parquet"
ROWS_PER_GROUP = 500
ROWS_PER_FILE = 50_000

_CONCEPT = pyarrow.struct([(name, pyarrow.string()) for name in ("phrase", "outcome", "reason")])
_DRAFT = pyarrow.struct(
    [
        ("text", pyarrow.string()),
        ("run", pyarrow.int32()),
        ("mean_logprob", pyarrow.float64()),
        ("clip_score", pyarrow.float64()),
    ]
)
_CAPTION = pyarrow.struct(
    [
        ("round", pyarrow.int32()),
        ("slot", pyarrow.int32()),
        ("text", pyarrow.string()),
        ("caption_id", pyarrow.int64()),
        ("parent_id", pyarrow.int64()),
        ("annotator", pyarrow.string()),
        ("state", pyarrow.string()),
        ("verdict", pyarrow.string()),
        ("late", pyarrow.bool_()),
        ("seconds", pyarrow.float64()),
        ("starting_source", pyarrow.string()),
        ("starting_text", pyarrow.string()),
        ("draft", _DRAFT),
        ("concepts", pyarrow.list_(_CONCEPT)),
    ]
)
_PICTURE = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
_COLUMNS = [
    ("sha256", pyarrow.string()),
    ("split", pyarrow.string()),
    ("caption", pyarrow.string()),
    ("caption_source", pyarrow.string()),
    ("alt_texts", pyarrow.list_(pyarrow.string())),
    ("rounds", pyarrow.list_(_CAPTION)),
    ("source", pyarrow.string()),
    ("domain", pyarrow.string()),
    ("licence", pyarrow.string()),
    ("source_key", pyarrow.string()),
    ("source_url", pyarrow.string()),
    ("width", pyarrow.int32()),
    ("height", pyarrow.int32()),
    ("face_boxes", pyarrow.list_(pyarrow.list_(pyarrow.float64()))),
]


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data-00000.parquet and so on."""
    part: Part | None = None
    for number, row in enumerate(rows):
        if number % ROWS_PER_FILE == 0:
            if part is not None:
                part.close()
            described = schema(pictures=row.picture is not None)
            part = parts.open(
                f"data-{number // ROWS_PER_FILE:05d}.parquet", partial(RowWriter, described=described)
            )
        assert part is not None  # noqa: S101  (the first row has opened it; for the type checker)
        part.add(row)
    (part or RowWriter(parts.folder / "data-00000.parquet", described=schema(pictures=False))).close()


def schema(*, pictures: bool) -> Any:
    """With the picture's bytes in the first column, where the export holds them."""
    return pyarrow.schema(([("image", _PICTURE)] if pictures else []) + _COLUMNS)


class RowWriter:
    """One Parquet file, written in groups of rows."""

    def __init__(self, path: Path, *, described: Any) -> None:
        self._schema = described
        self._writer = parquet.ParquetWriter(path, described, compression="zstd")
        self._waiting: list[dict[str, Any]] = []

    def add(self, row: ExportRow) -> None:
        """Take the row; a full group is written."""
        record = as_record(row)
        if row.picture:
            record["image"] = {"bytes": row.picture.read_bytes(), "path": Path(row.picture_name).name}
        self._waiting.append(record)
        if len(self._waiting) == ROWS_PER_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is left and end the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pyarrow.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []
