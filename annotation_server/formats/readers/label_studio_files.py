"""Where the pictures of a Label Studio export are: its addresses as paths below the export's folder."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote

from annotation_server.errors import AddressRefused
from annotation_server.formats.readers.lookup import is_file
from annotation_server.reach.guarded import split_address

UPLOADS = ("/data/upload/", "/data/media/upload/", "/data/")
# Label Studio puts it before the name of a file that was uploaded.
ADDED = re.compile(r"[0-9a-f]{4,8}-")


def local_file(value: Any, folder: Path) -> Any:
    """/data/upload/1/ab12cd34-iguana.jpg and /data/local-files/?d=x/iguana.jpg as paths below the export's folder, also where
    only the end of the path is there; other values as they are."""
    if not isinstance(value, str) or not value.startswith("/data/"):
        return value
    try:
        address = split_address(value)
    except AddressRefused:
        return value
    if address.path.startswith("/data/local-files"):
        path = parse_qs(address.query).get("d", [value])[0]
        return next((one for one in _ends(path) if is_file(folder / one)), path)
    path = unquote(address.path)
    shorter = next(path.removeprefix(start) for start in UPLOADS if path.startswith(start))
    name = PurePosixPath(shorter).name
    candidates = [shorter, f"upload/{shorter}", f"media/upload/{shorter}", name, ADDED.sub("", name, count=1)]
    return next((one for one in candidates if one and is_file(folder / one)), name)


def _ends(path: str) -> Iterator[str]:
    """a/b/c.jpg, b/c.jpg, c.jpg."""
    parts = [part for part in PurePosixPath(path).parts if part != "/"]
    for start in range(len(parts)):
        yield "/".join(parts[start:])
