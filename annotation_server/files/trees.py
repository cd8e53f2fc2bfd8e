"""Folders whose insides strangers chose are removed however deep they are."""

import os
from contextlib import suppress
from pathlib import Path


def remove_tree(folder: Path) -> None:
    """The folder with all that is in it; links are removed, not followed. What cannot be removed stays, and so does what it is
    in. No call of its own for each level: `shutil.rmtree` ends at a thousand of them."""
    found = [str(folder)]
    if folder.is_symlink():
        return
    for one in found:  # It grows meanwhile.
        with suppress(OSError), os.scandir(one) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found.append(entry.path)
                else:
                    with suppress(OSError):
                        Path(entry.path).unlink()
    for one in reversed(found):
        with suppress(OSError):
            Path(one).rmdir()
