"""An export's folder: written beside its place and moved there whole, with a manifest that tells every file's SHA-256."""

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from annotation_server.errors import FolderNotEmpty, ServiceUnavailable, UnreadableSource
from annotation_server.files.checksums import manifest_in
from annotation_server.files.trees import remove_tree
from annotation_server.formats.writers.parts import Parts

LATEST = "latest"


@contextmanager
def new_release(folder: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `folder` at the end, or vanishes when something goes wrong.

    Raises FolderNotEmpty, ServiceUnavailable (the disk is full, the place cannot be written).
    """
    refuse_used(folder)
    with partial_release(folder) as (partial, _):
        yield partial
        partial.replace(folder)


@contextmanager
def resumed_release(folder: Path, *, key: str) -> Iterator[Parts]:
    """The same for the parts of an export, which takes over what a killed attempt at it (with the same key) has finished."""
    refuse_used(folder)
    with partial_release(folder) as (partial, left):
        with closing(Parts(partial=partial, left=left, key=key)) as parts:
            yield parts
        parts.folder.replace(folder)


@contextmanager
def partial_release(folder: Path) -> Iterator[tuple[Path, list[Path]]]:
    """A folder to write into, beside `folder`, and those that killed attempts left there. All of them are gone at the end.

    Raises ServiceUnavailable.
    """
    try:
        with workplace(folder) as (partial, left):
            yield partial, left
    except OSError as error:
        refuse_used(folder)
        raise ServiceUnavailable(
            f"The export cannot be written to {folder} ({error.strerror or error}). Nothing was left there; "
            "free some space or choose another folder."
        ) from error


@contextmanager
def workplace(folder: Path) -> Iterator[tuple[Path, list[Path]]]:
    """A folder of one's own beside `folder`, and those that killed processes left there. All of them are gone at the end.

    Who works in one holds a lock on it, which a killed process lets go. Raises OSError.
    """
    with ExitStack() as locks:
        mine = [_new_one(folder, locks)]
        try:
            mine += _leftovers(folder, locks)
            yield mine[0], mine[1:]
        finally:
            for one in mine:
                remove_tree(one)


def remove_release(folder: Path) -> None:
    """Remove it, and what killed attempts left beside it; harmless where there is nothing."""
    with ExitStack() as locks:
        for one in (folder, *_leftovers(folder, locks)):
            remove_tree(one)


def point_latest_at(folder: Path) -> Path:
    """`latest` beside the export leads to it from now on; readers see the old or the new one, never none. Raises
    FolderNotEmpty when something else is called so."""
    latest = folder.parent / LATEST
    if latest.exists() and not latest.is_symlink():
        raise FolderNotEmpty(f"{latest} is no pointer to an export, so it was left alone.")
    fresh = folder.parent / f".{LATEST}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.name)
    fresh.replace(latest)
    return latest


def refuse_used(folder: Path) -> None:
    """Raises FolderNotEmpty."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        raise FolderNotEmpty(f"{folder} is not an empty folder. Choose a new one for the export.")


def encoded_manifest(content: dict[str, Any]) -> bytes:
    """As it is written."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write_manifest(folder: Path, content: dict[str, Any]) -> str:
    """Write the manifest, in the place of the one that is there; returns its SHA-256."""
    encoded = encoded_manifest(content)
    manifest_in(folder).write_bytes(encoded)
    return hashlib.sha256(encoded).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises UnreadableSource."""
    path = manifest_in(folder)
    try:
        manifest = json.loads(path.read_bytes())
        names = [(entry["name"], entry["bytes"], entry["sha256"]) for entry in manifest["files"]]
        counts = [manifest["row_count"], *(entry.get("listed_files", 0) for entry in manifest["files"])]
        if not all(isinstance(name, str) for name, _, _ in names) or not all(
            isinstance(count, int) for count in counts
        ):
            raise TypeError
    except OSError as error:
        raise UnreadableSource(f"{folder} has no {path.name} that can be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableSource(f"{path.name} is not the manifest of an export.") from error
    return dict(manifest)


def _new_one(folder: Path, locks: ExitStack) -> Path:
    while True:
        one = folder.parent / f".{folder.name}.partial-{uuid.uuid4().hex[:8]}"
        one.mkdir(parents=True)
        with suppress(
            FileNotFoundError, BlockingIOError
        ):  # Before it was locked somebody took it for a leftover.
            locks.callback(os.close, _locked(one))
            if one.is_dir():
                return one


def _leftovers(folder: Path, locks: ExitStack) -> list[Path]:
    """What nobody writes into any more."""
    found = []
    for one in sorted(folder.parent.glob(f".{folder.name}.partial-*")):
        try:
            locks.callback(os.close, _locked(one))
            found.append(one)
        except (FileNotFoundError, BlockingIOError):
            continue  # Its export is under way, or has ended just now.
    return found


def _locked(folder: Path) -> int:
    """A descriptor that holds the folder. Raises BlockingIOError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
