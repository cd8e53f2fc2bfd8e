"""WebDataset shards in img2dataset's layout: key.webp, key.txt (the caption) and key.json (all the rest) in tar files."""

import io
import json
import tarfile
from collections.abc import Iterable
from pathlib import Path

from annotation_server.formats.writers.jsonl import as_record
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "webdataset"
ROWS_PER_SHARD = 10_000


def write(*, rows: Iterable[ExportRow], folder: Path, contents: Contents) -> None:
    """00000.tar and so on."""
    shard: tarfile.TarFile | None = None
    try:
        for number, row in enumerate(rows):
            part, place = divmod(number, ROWS_PER_SHARD)
            if place == 0:
                if shard is not None:
                    shard.close()
                shard = tarfile.open(folder / f"{part:05d}.tar", "w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
            assert shard is not None  # noqa: S101  (the first row has opened it; for the type checker)
            _add_row(shard, row, key=f"{part:05d}{place:04d}")
    finally:
        if shard is not None:
            shard.close()


def _add_row(shard: tarfile.TarFile, row: ExportRow, *, key: str) -> None:
    record = {**as_record(row), "key": key}
    record.pop("image", None)
    if row.picture:
        _add(shard, f"{key}.webp", row.picture.read_bytes())
    _add(shard, f"{key}.txt", row.caption.encode())
    _add(shard, f"{key}.json", json.dumps(record, ensure_ascii=False).encode())


def _add(shard: tarfile.TarFile, name: str, content: bytes) -> None:
    """No owner and no time: the same rows are the same bytes."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o644
    shard.addfile(member, io.BytesIO(content))
