"""The public annotation set's JSON: {"data": [{"alt", "round3", "url", "img_path", "source", "face_bbox"}, …]}."""

from collections.abc import Mapping
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.json_objects import numbered, rows_of
from annotation_server.formats.readers.source import Source

NAME = "altogether_ft"


def recognises(path: Path) -> bool:
    """An object with a list of objects under `data`."""
    content = document(path)
    return isinstance(content, dict) and list_of_objects(content.get("data")) is not None


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """`alt` is the alt-text, `round1`, `round2` … are captions of earlier rounds."""
    if not recognises(path):
        raise UnreadableSource(f"{path} is not of the format {NAME}.")
    rows = document(path)["data"]
    known = Columns(names=rows[0], said=columns)
    return Source(
        format=NAME, rows=rows_of(numbered(rows), known, path.parent), total=len(rows), columns=known
    )
