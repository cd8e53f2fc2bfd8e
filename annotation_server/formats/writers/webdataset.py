"""WebDataset shards in img2dataset's layout: key.jpg (or .webp), key.txt (the caption) and key.json (all the rest) in tars."""

import io
import json
import tarfile
from collections.abc import Iterable
from pathlib import Path

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.columns import COLUMNS, IMAGE, Kind
from annotation_server.formats.writers.jsonl import as_record
from annotation_server.formats.writers.parts import Part, Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "webdataset"
ROWS_PER_SHARD = 10_000
# A sample as the `datasets` library reads it; a picture is the one or the other.
SAMPLE: dict[str, Kind] = {
    "jpg": IMAGE,
    "webp": IMAGE,
    "txt": "string",
    "json": {**COLUMNS, "key": "string"},
    "__key__": "string",
    "__url__": "string",
}


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """00000.tar and so on, and the dataset card."""
    part: Part | None = None
    tally = Tally()
    for number, row in enumerate(tally.counted(rows)):
        if number % ROWS_PER_SHARD == 0:
            if part is not None:
                part.close()
            part = parts.open(f"{number // ROWS_PER_SHARD:05d}.tar", Shard)
        assert part is not None  # noqa: S101  (the first row has opened it; for the type checker)
        part.add(row)
    if part is not None:
        part.close()
    write_card(
        folder=parts.folder, contents=contents, tally=tally, files={tally.name: "*.tar"}, features=SAMPLE
    )


class Shard:
    """One tar file; its keys begin with its own number."""

    def __init__(self, path: Path) -> None:
        self._number = path.stem
        self._count = 0
        self._tar = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115  (see close)

    def add(self, row: ExportRow) -> None:
        """The row's files."""
        key = f"{self._number}{self._count:04d}"
        self._count += 1
        record = {**as_record(row), "key": key}
        record.pop("image", None)
        if row.picture:
            _add(self._tar, f"{key}{Path(row.picture_name).suffix}", row.picture.read_bytes())
        _add(self._tar, f"{key}.txt", row.caption.encode())
        _add(self._tar, f"{key}.json", json.dumps(record, ensure_ascii=False).encode())

    def close(self) -> None:
        """With the two empty blocks that end a tar."""
        self._tar.close()


def _add(shard: tarfile.TarFile, name: str, content: bytes) -> None:
    """No owner and no time: the same rows are the same bytes."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o644
    shard.addfile(member, io.BytesIO(content))
