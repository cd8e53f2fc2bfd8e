"""Git LFS keeps large files elsewhere; who has not fetched them has a small text, the pointer, under the file's name."""

from pathlib import Path

from annotation_server.errors import UnreadableSource

BEGINNING = b"version https://git-lfs"
LONGEST = 1024
WHAT_TO_DO = (
    "is a Git LFS pointer, not the file itself. Run `git lfs pull` where it comes from, then import it again."
)


def is_pointer(path: Path) -> bool:
    """Raises OSError."""
    if not path.is_file() or path.stat().st_size > LONGEST:
        return False
    with path.open("rb") as file:
        return file.read(len(BEGINNING)) == BEGINNING


def refuse_pointer(path: Path) -> None:
    """Raises UnreadableSource, OSError."""
    if is_pointer(path):
        raise UnreadableSource(f"{path} {WHAT_TO_DO}")
