"""An export's folder: written beside its place and moved there whole, with a manifest that tells every file's SHA-256."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotation_server.errors import FolderNotEmpty, ServiceUnavailable, UnreadableSource

MANIFEST = "manifest.json"
LATEST = "latest"


@contextmanager
def new_release(folder: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `folder` at the end, or vanishes when something goes wrong.

    Raises FolderNotEmpty, ServiceUnavailable (the disk is full, the place cannot be written).
    """
    refuse_used(folder)
    partial = folder.parent / f".{folder.name}.partial-{os.getpid()}"
    try:
        _remove_leftovers(folder)
        partial.mkdir(parents=True)
        yield partial
        partial.replace(folder)
    except OSError as error:
        refuse_used(folder)
        raise ServiceUnavailable(
            f"The export cannot be written to {folder} ({error.strerror or error}). Nothing was left there; "
            "free some space or choose another folder."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


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


def file_entries(folder: Path) -> list[dict[str, Any]]:
    """Every file below the folder but the manifest: its name, size and SHA-256, in the order of the names."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [_entry(folder, name) for name in names if name != MANIFEST]


def write_manifest(folder: Path, content: dict[str, Any]) -> str:
    """Write manifest.json; returns its SHA-256."""
    encoded = (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    (folder / MANIFEST).write_bytes(encoded)
    return hashlib.sha256(encoded).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises UnreadableSource."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        names = [(entry["name"], entry["bytes"], entry["sha256"]) for entry in manifest["files"]]
        if not isinstance(manifest["row_count"], int) or not all(
            isinstance(name, str) for name, _, _ in names
        ):
            raise TypeError
    except OSError as error:
        raise UnreadableSource(f"{folder} has no {MANIFEST} that can be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableSource(f"{folder / MANIFEST} is not the manifest of an export.") from error
    return dict(manifest)


def sha256_of(path: Path) -> str:
    """Of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    return {"name": name, "bytes": path.stat().st_size, "sha256": sha256_of(path)}


def _remove_leftovers(folder: Path) -> None:
    """What an export that was killed left behind."""
    for left in folder.parent.glob(f".{folder.name}.partial-*"):
        pid = left.name.rpartition("-")[2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(left, ignore_errors=True)
