"""The names that an archive's files have. Anything else in one, and the whole is refused: nobody but this software writes such
files."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import MANIFEST

ORIGINAL = re.compile(r"images/([0-9a-f]{2})/(\1[0-9a-f]{62})\.[a-z]{3,4}")
RENDITION = re.compile(r"renditions/([0-9a-f]{2})/\1[0-9a-f]{62}\.(screen|thumbnail)(\.webp)?")
OF_GUIDELINES = re.compile(r"guidelines/([0-9a-f]{64}\.webp)")
# Below a captioner's folder: no name is hidden or leads up, and no file is a program or a pickle, which can run code.
CHECKPOINT = re.compile(r"\w[\w.-]{0,199}(/\w[\w.-]{0,199}){0,7}", re.ASCII)
MAY_RUN = (".py", ".pyc", ".so", ".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".npy", ".npz")
OURS = re.compile(
    r"manifest\.json|pictures\.sha256|people\.jsonl|tables/[a-z_]{1,60}\.jsonl"
    r"|pictures/(images|renditions|guidelines)/.*|checkpoints/[1-9][0-9]{0,8}/(?P<weights>.*)",
    re.ASCII,
)


def refuse_strange_name(name: str) -> None:
    """Raises UnreadableSource."""
    found = OURS.fullmatch(name)
    if found is None or not (
        _is_weights(found["weights"]) if found["weights"] is not None else _is_ours(name)
    ):
        raise UnreadableSource(f"'{printable(name)}' is nothing that an archive of a project has.")


def _is_weights(name: str) -> bool:
    return bool(CHECKPOINT.fullmatch(name)) and not name.lower().endswith(MAY_RUN)


def _is_ours(name: str) -> bool:
    below = name.removeprefix("pictures/")
    return below == name or any(kind.fullmatch(below) for kind in (ORIGINAL, RENDITION, OF_GUIDELINES))


def printable(name: str) -> str:
    """For a message: it may be anything."""
    return name[:200].encode("ascii", "backslashreplace").decode()


def refuse_strange_files(folder: Path) -> None:
    """Only plain files of those names: no link leads out of the folder, and no pipe or device is read. Raises
    UnreadableSource."""
    for name, entry in _entries(folder, ""):
        if not entry.is_file(follow_symlinks=False):
            raise UnreadableSource(f"'{printable(name)}' of the archive is no plain file.")
        if name != MANIFEST:
            refuse_strange_name(name)


def _entries(folder: Path, inside: str) -> "Iterator[tuple[str, os.DirEntry[str]]]":
    try:
        with os.scandir(folder / inside) as found:
            for one in found:
                name = f"{inside}{one.name}"
                if one.is_dir(follow_symlinks=False):
                    yield from _entries(folder, f"{name}/")
                else:
                    yield name, one
    except OSError as error:
        raise UnreadableSource(f"The archive cannot be read ({error.strerror or error}).") from error
