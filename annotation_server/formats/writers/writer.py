"""Writers of exports, one module per format, loaded when they are asked for.

A writer module has NAME and `write(*, rows, parts, contents)`, which pulls the rows one by one and leaves the files in the
parts' folder. The same rows give the same bytes.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from annotation_server.errors import UnknownFormat
from annotation_server.formats.writers.parts import Parts
from annotation_server.formats.writers.row import Contents, ExportRow

WRITERS = ("altogether_ft", "coco", "csv", "hf_dataset", "jsonl", "parquet", "webdataset")
# These are nothing without pictures. Said here: the web server asks for exports whose libraries only its workers have.
PICTURED = ("hf_dataset", "webdataset")


class Writer(Protocol):
    """What a writer module offers."""

    NAME: str

    def write(self, *, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
        """All rows into files below the parts' folder, which is there and empty."""


def refuse_unknown(name: str) -> None:
    """Raises UnknownFormat."""
    if name not in WRITERS:
        raise UnknownFormat(f"No writer for '{name}'. Formats: {', '.join(WRITERS)}.")


def writer_named(name: str) -> Writer:
    """Raises UnknownFormat, also when its library is not installed."""
    refuse_unknown(name)
    try:
        return cast(Writer, import_module(f"annotation_server.formats.writers.{name}"))
    except ImportError as error:
        raise UnknownFormat(
            f"'{name}' needs the Python package {error.name}. Install the extra `formats`, or choose jsonl."
        ) from error
