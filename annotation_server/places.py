"""Where the server keeps files beside the picture storage, and what their folders are called: this module alone knows.

RUNS_ROOT/run-3/            checkpoint/, text/ (token limits), captions-9/ (a bulk job's), the manifests of its jobs
EXPORTS_ROOT/export-9/      an export that was asked for in the browser or over the API
             archive-2/     the .tar of a project
CAPTIONER_BASES/…           base checkpoints that the operator put there, in folders of their own names
CAPTIONER_CACHE/bases/      those that were fetched from the hub
IMPORTS_ROOT/import-7/      what came in, what it unpacked to, what became of each row
             archive-import-3/  the same of an archive that is brought in
"""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from annotation_server.errors import NotFound
from annotation_server.files.inside import inside

IMPORT = "import-"
ARCHIVE_IMPORT = "archive-import-"


def run_folder(*, run_id: int) -> Path:
    """Everything of a captioner run."""
    return Path(settings.RUNS_ROOT) / f"run-{run_id}"


def checkpoint_place(*, run_id: int) -> str:
    """As the run's row names it: relative to RUNS_ROOT."""
    return f"run-{run_id}/checkpoint"


def checkpoint_at(*, place: str) -> Path:
    """Where it is, by what the run's row says. Raises NotFound for a place that leads out of RUNS_ROOT."""
    return inside(Path(settings.RUNS_ROOT), place)


def recipes_folder() -> Path:
    """The captioner's recipes, which come with the program."""
    return Path(settings.BASE_DIR) / "captioner" / "recipes"


def base_folder(folder: str) -> Path:
    """Raises NotFound for one that leads out of CAPTIONER_BASES."""
    try:
        return inside(Path(settings.CAPTIONER_BASES), folder)
    except NotFound as error:
        raise NotFound(
            "A base lies below the folder CAPTIONER_BASES of the server. Copy it there, and name it from there, such as "
            "pre-training-2026."
        ) from error


def base_place(*, base_id: int, folder: str) -> Path:
    """Where a base's files are: below CAPTIONER_BASES, or without a folder where they are fetched to. Raises NotFound."""
    return base_folder(folder) if folder else Path(settings.CAPTIONER_CACHE) / "bases" / f"base-{base_id}"


def text_limits_folder(*, run_id: int) -> Path:
    """What counts the tokens of a text for the run's captioner."""
    return run_folder(run_id=run_id) / "text"


def bulk_folder(*, run_id: int, export_id: int) -> Path:
    """What a bulk job has captioned so far."""
    return run_folder(run_id=run_id) / f"captions-{export_id}"


def job_manifest(*, job_id: UUID, work: str) -> Path:
    """The images or captions of a job that belongs to no run."""
    return Path(settings.RUNS_ROOT) / f"{work}-{job_id}.jsonl"


def export_folder(*, export_id: int) -> Path:
    """Of one that the server writes itself, not a command."""
    return Path(settings.EXPORTS_ROOT) / f"export-{export_id}"


def archive_file(*, archive_id: int, slug: str) -> Path:
    """Of one that the server writes itself, not a command."""
    return Path(settings.EXPORTS_ROOT) / f"archive-{archive_id}" / f"{slug}.tar"


def imports_root() -> Path:
    """The folder of all imports, of images and of archives."""
    return Path(settings.IMPORTS_ROOT)


def import_folder(*, import_id: int) -> Path:
    """Everything of an import."""
    return imports_root() / f"{IMPORT}{import_id}"


def import_folders() -> dict[int, Path]:
    """Those that are there, by the import's id, whether it is still known or not."""
    return _numbered(IMPORT)


def archive_import_folder(*, archive_import_id: int) -> Path:
    """Everything of an archive that is brought in."""
    return imports_root() / f"{ARCHIVE_IMPORT}{archive_import_id}"


def archive_import_folders() -> dict[int, Path]:
    """As import_folders."""
    return _numbered(ARCHIVE_IMPORT)


def _numbered(start: str) -> dict[int, Path]:
    there = {path.name.removeprefix(start): path for path in imports_root().glob(f"{start}*")}
    return {int(name): path for name, path in there.items() if name.isdigit()}
