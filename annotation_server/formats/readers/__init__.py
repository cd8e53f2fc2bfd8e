"""Readers of import sources, one module per format, loaded when they are asked for. A format is recognised by its content.

A reader module has NAME, `recognises(path)` and `read(*, path, columns) -> Source`.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from annotation_server.errors import UnknownFormat, UnreadableSource
from annotation_server.formats.readers.source import Source

# In the order in which they are asked whether a source is theirs: the narrower ones first.
READERS = (
    *("webdataset", "hf_dataset", "parquet", "altogether_ft", "coco", "label_studio", "doccano"),
    *("json_rows", "jsonl", "table", "pages", "folder"),
)


# A folder with one of these is what the file says, not just the pictures that lie in it.
MANIFESTS = ("manifest.jsonl", "metadata.jsonl", "data.jsonl", "metadata.csv", "data.csv")


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def recognises(self, path: Path) -> bool:
        """Is the source of this format?"""

    def read(self, *, path: Path, columns: Mapping[str, str]) -> Source:
        """Its rows, as a stream."""


def open_source(*, source: str, format: str = "", columns: Mapping[str, str] | None = None) -> Source:
    """The rows of a file or folder. Raises UnreadableSource, UnknownFormat, InvalidSettings."""
    path = Path(source)
    if "\x00" in source or not path.exists():
        raise UnreadableSource(f"There is no file or folder {source[:500]!r}.")
    try:
        path = _manifest_in(path) or path
        return _reader(path, format).read(path=path, columns=columns or {})
    except ImportError as error:
        raise UnknownFormat(
            f"{source} needs the Python package {error.name}. Install the extra `formats`."
        ) from error
    except OSError as error:
        raise UnreadableSource(f"{source} cannot be read ({error.strerror or error}).") from error


def _manifest_in(path: Path) -> Path | None:
    return next((path / name for name in MANIFESTS if path.is_dir() and (path / name).is_file()), None)


def _reader(path: Path, format: str) -> Reader:
    if format:
        if format not in READERS:
            raise UnknownFormat(f"No reader for '{format}'. Formats: {', '.join(READERS)}.")
        return _load(format)
    for name in READERS:
        reader = _load(name)
        if reader.recognises(path):
            return reader
    raise UnknownFormat(f"{path} is in no format that is known here. Formats: {', '.join(READERS)}.")


def _load(name: str) -> Reader:
    return cast(Reader, import_module(f"annotation_server.formats.readers.{name}"))
