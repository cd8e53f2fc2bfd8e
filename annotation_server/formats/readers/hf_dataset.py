"""A dataset that the `datasets` library saved on disk (save_to_disk): state.json and Arrow files, one folder a split."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.ledger import Ledger
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.split_names import split_of_name

NAME = "hf_dataset"
DOCUMENT_LIMIT = 16 * 1024 * 1024
# What save_to_disk writes beside the rows.
ABOUT = ("dataset_dict.json", "dataset_info.json", "state.json")


def recognises(path: Path) -> bool:
    """A saved dataset, or a dictionary of them."""
    return (path / "state.json").is_file() or (path / "dataset_dict.json").is_file()


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Splits in the order of their names."""
    from pyarrow import ArrowInvalid, ipc, memory_map

    names: list[str] = []
    try:
        for _, file in _files(path):
            with memory_map(str(file)) as mapped, ipc.open_stream(mapped) as stream:
                names += stream.schema.names
    except (ArrowInvalid, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSource(f"{path} cannot be read ({str(error)[:150]}).") from error
    known, ledger = Columns(names=dict.fromkeys(names), said=columns, complete=True), Ledger()
    return Source(format=NAME, rows=_rows(path, known, ledger), total=0, columns=known, ledger=ledger)


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """The split and path of each Arrow file. Names that lead out of the folder are not followed."""
    if (path / "dataset_dict.json").is_file():
        folders = [path / Path(name).name for name in sorted(_document(path / "dataset_dict.json")["splits"])]
    else:
        folders = [path]
    for folder in folders:
        for entry in _document(folder / "state.json")["_data_files"]:
            yield split_of_name(folder.name) if folder != path else "", folder / Path(entry["filename"]).name


def _document(path: Path) -> Any:
    """Raises ValueError."""
    with path.open("rb") as file:
        content = file.read(DOCUMENT_LIMIT + 1)
    if len(content) > DOCUMENT_LIMIT:
        raise ValueError(f"{path.name} is longer than {DOCUMENT_LIMIT:,} bytes")
    try:
        return json.loads(content)
    except RecursionError as error:
        raise ValueError(f"{path.name} nests too deep") from error


def _rows(path: Path, columns: Columns, ledger: Ledger) -> Iterator[ImportRow]:
    from pyarrow import ArrowException, ipc, memory_map

    says_split = "split" in columns.field_of.values()
    number = 0
    for split, file in _files(path):
        for about in (file, *(file.parent / name for name in ABOUT), path / ABOUT[0]):
            ledger.read_file(about)
        extra = {"split": split} if split and not says_split else {}
        try:
            with memory_map(str(file)) as mapped, ipc.open_stream(mapped) as stream:
                for batch in stream:
                    for one in range(batch.num_rows):
                        [cells] = batch.slice(one, 1).to_pylist()
                        number += 1
                        yield columns.row(number=number, cells={**cells, **extra}, folder=file.parent)
        except (ArrowException, OSError) as error:
            number += 1
            yield ImportRow(
                number=number, name=file.name, problem=f"The file breaks off here ({str(error)[:150]})."
            )
