"""Files that a project keeps under its rows' ids, where nothing tells which of two attempts to make the project wrote them:
the pictures of its guidelines in the storage, its captioners' checkpoints under RUNS_ROOT."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from annotation_server.errors import ServiceUnavailable
from annotation_server.files.trees import remove_tree
from annotation_server.pictures.storage import staging_folder, takes_no_more
from annotation_server.places import checkpoint_at, checkpoint_place, run_folder
from annotation_server.releases.release import workplace

NOTES = "restoring"
NOTE = "files.json"


def guidelines_folder(*, project_id: int) -> str:
    """guidelines/3, a name in the storage."""
    return f"guidelines/{project_id}"


def guidelines_pictures(*, project_id: int) -> list[str]:
    """Their names in that folder."""
    try:
        return sorted(default_storage.listdir(guidelines_folder(project_id=project_id))[1])
    except FileNotFoundError:
        return []  # An object store has no folders that could be missing.


def keep_checkpoint(*, run_id: int, source: Path) -> str:
    """Copy it to its place, which is returned as the run's row names it. Raises ServiceUnavailable."""
    place = checkpoint_place(run_id=run_id)
    try:
        shutil.copytree(source, checkpoint_at(place=place), dirs_exist_ok=True)
    except OSError as error:
        raise ServiceUnavailable(
            "The captioners' weights cannot be kept (RUNS_ROOT). Ask the server's owner to free some space, then try again."
        ) from error
    return place


@contextmanager
def noted(files: dict[str, Any] | None = None) -> Iterator[list[dict[str, Any]]]:
    """Note on this machine, until it ends, which files (remove_project_files' arguments) are being written; gives what killed
    processes had noted, which is forgotten at the end. Raises ServiceUnavailable."""
    try:
        with workplace(staging_folder() / NOTES) as (own, left):
            if files is not None:
                (own / NOTE).write_text(json.dumps(files))
            yield [found for folder in left if (found := _read(folder / NOTE)) is not None]
    except OSError as error:
        raise takes_no_more(error) from error


def _read(note: Path) -> dict[str, Any] | None:
    """None where its process was killed before it wrote any file."""
    try:
        return dict(json.loads(note.read_text()))
    except (FileNotFoundError, ValueError):
        return None


def remove_project_files(*, project_id: int, run_ids: Iterable[int]) -> None:
    """Of a project that did not come to be; harmless where there are none."""
    folder = guidelines_folder(project_id=project_id)
    for name in guidelines_pictures(project_id=project_id):
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
    for run_id in run_ids:
        remove_tree(run_folder(run_id=run_id))
