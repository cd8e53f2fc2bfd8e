"""A dataset that the `datasets` library saved on disk (save_to_disk): state.json and Arrow files, one folder a split."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.parquet import split_of_file
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "hf_dataset"


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
    except (ArrowInvalid, ValueError, KeyError, TypeError) as error:
        raise UnreadableSource(f"{path} cannot be read ({str(error)[:150]}).") from error
    known = Columns(names=names, said=columns)
    return Source(format=NAME, rows=_rows(path, known), total=0, columns=known)


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """The split and path of each Arrow file. Names that lead out of the folder are not followed."""
    if (path / "dataset_dict.json").is_file():
        folders = [
            path / Path(name).name
            for name in sorted(json.loads((path / "dataset_dict.json").read_bytes())["splits"])
        ]
    else:
        folders = [path]
    for folder in folders:
        for entry in json.loads((folder / "state.json").read_bytes())["_data_files"]:
            yield split_of_file(folder.name) if folder != path else "", folder / Path(entry["filename"]).name


def _rows(path: Path, columns: Columns) -> Iterator[ImportRow]:
    from pyarrow import ArrowException, ipc, memory_map

    says_split = "split" in columns.field_of.values()
    number = 0
    for split, file in _files(path):
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
