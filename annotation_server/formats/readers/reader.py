"""The readers of import sources by name, loaded when they are asked for."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from annotation_server.errors import Refusal, UnknownFormat
from annotation_server.formats.readers.source import Source

# In the order in which they are asked whether a source is theirs: the narrower ones first.
READERS = (
    *("webdataset", "hf_dataset", "parquet", "altogether_ft", "coco", "label_studio", "doccano"),
    *("conversations", "json_rows", "jsonl", "table", "pages", "folder"),
)


class Reader(Protocol):
    """What a reader module offers."""

    NAME: str

    def recognises(self, path: Path) -> bool:
        """Is the source of this format?"""

    def read(self, *, path: Path, columns: Mapping[str, str]) -> Source:
        """Its rows, as a stream."""


class EncodedReader(Reader, Protocol):
    """Of formats whose encoding can be said (ENCODED)."""

    def read(self, *, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
        """Its rows, as a stream."""


def reader_named(name: str) -> Reader:
    """Raises UnknownFormat."""
    if name not in READERS:
        raise UnknownFormat(f"No reader for '{name}'. Formats: {', '.join(READERS)}.")
    return cast(Reader, import_module(f"annotation_server.formats.readers.{name}"))


def recognises(reader: Reader, path: Path) -> bool:
    """Whether the source is the reader's; not, if looking makes it stumble. Raises what says why nobody can read it."""
    try:
        return reader.recognises(path)
    except (Refusal, ImportError, OSError, MemoryError):
        raise
    except Exception:
        return False
