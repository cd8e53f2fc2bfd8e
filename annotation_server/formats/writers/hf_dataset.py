"""A Hugging Face dataset on disk: Parquet files for each split and a dataset card, as `load_dataset(folder)` and the hub
take it."""

from collections.abc import Iterable

from annotation_server.formats.writers.card import Tally, write_card
from annotation_server.formats.writers.parquet import FOLDER, write_splits
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "hf_dataset"


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data/train-00000-of-00002.parquet … and README.md."""
    tally = Tally()
    write_splits(rows=tally.counted(rows), parts=parts)
    files = {split: f"{FOLDER}/{split}-*.parquet" for split in sorted(tally.splits)}
    write_card(folder=parts.folder, contents=contents, tally=tally, files=files)
