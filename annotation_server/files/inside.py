"""Where a file that is handed out lies: below its folder, links followed, whatever its name says. Everything that the server
hands out is opened by a path from here."""

import os
from pathlib import Path

from annotation_server.errors import NotFound

# A longer name is no file's on any file system, and asking whether it is one fails.
LONGEST_PART = 255


def inside(folder: Path, name: str) -> Path:
    """The path of that name below the folder. Raises NotFound for one that leads out of it."""
    root = folder.resolve()
    try:
        path = (root / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # too long, a NUL, a circle of links
        raise NotFound("There is no such file.") from error
    is_too_long = any(len(os.fsencode(part)) > LONGEST_PART for part in path.parts)
    if path == root or not path.is_relative_to(root) or is_too_long:
        raise NotFound("There is no such file.")
    return path
