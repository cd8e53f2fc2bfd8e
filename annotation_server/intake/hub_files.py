"""Which files of a stranger's dataset repository are taken, and where they go: kinds that our own readers read, under names
that stay below the folder. Cards, scripts, settings and pickles are left out and told."""

from pathlib import Path, PurePosixPath

from annotation_server.files.allowance import Allowance
from annotation_server.formats.readers.folder import EXTENSIONS
from annotation_server.formats.readers.ledger import HIDDEN
from annotation_server.intake.packed import is_packed, unpack_source
from annotation_server.intake.unpacked import Unpacked

KINDS = EXTENSIONS | {
    *(".parquet", ".arrow", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".text", ".caption"),
    *(".tar", ".tgz", ".gz", ".zip"),
}
# What the `datasets` library writes about its own tables: nothing of it is a row.
DESCRIPTIONS = {"dataset_infos.json", "dataset_info.json"}
PROGRAMS = {".py", ".sh", ".ipynb", ".so", ".js"}
PICKLES = {".pkl", ".pickle", ".pt", ".pth", ".bin", ".npy", ".npz", ".joblib"}
SETTINGS = {".md", ".yaml", ".yml", ".toml", ".cfg", ".ini"}
PACKED = (".tar.gz", ".tgz", ".tar", ".zip")
NAME_LIMIT = 1_000
PART_LIMIT = 255


def reason_to_leave(name: str, *, folder: Path) -> str:
    """Why the file is left out; empty when it is taken."""
    path = PurePosixPath(name)
    if not name or "\x00" in name or "\\" in name or path.is_absolute() or ".." in path.parts:
        return "Its name leads out of the repository."
    if len(name) > NAME_LIMIT or any(
        len(part.encode("utf-8", "replace")) > PART_LIMIT for part in path.parts
    ):
        return "Its name is too long."
    if not target_of(name, folder=folder).resolve().is_relative_to(folder.resolve()):
        return "Its name leads out of the repository."
    if any(part.startswith(".") for part in path.parts):
        return HIDDEN
    return _of_kind(path)


def _of_kind(path: PurePosixPath) -> str:
    suffix = path.suffix.lower()
    if suffix in PROGRAMS:
        return "It is a program; none is run."
    if suffix in PICKLES:
        return "It may be a pickle, which runs code when it is opened."
    if suffix in SETTINGS or path.name in DESCRIPTIONS:
        return "It describes the dataset; what it says is not obeyed."
    return "" if suffix in KINDS else "It is of a kind that an import does not read."


def target_of(name: str, *, folder: Path) -> Path:
    """Where the file goes."""
    return folder / PurePosixPath(name)


def unpack_all(folder: Path, *, allowance: Allowance, left_out: Unpacked) -> None:
    """Each archive of files becomes a folder of its name beside it, within what is left of the allowance."""
    archives = sorted(
        path for path in folder.rglob("*") if path.name.lower().endswith(PACKED) and is_own(path)
    )
    for archive in archives:
        to = archive.with_name(_without_suffix(archive.name))
        while to.exists():
            to = to.with_name(f"{to.name}_")
        to.mkdir()
        found = unpack_source(
            archive=archive,
            to=to,
            byte_limit=allowance.byte_limit - allowance.byte_count,
            progress=lambda *, done, total, message: allowance.report(),
        )
        allowance.byte_count += found.byte_count
        left_out.add(found)
        archive.unlink()


def is_own(path: Path) -> bool:
    """Whether it is an archive of files, and no link to one."""
    return not path.is_symlink() and is_packed(path)


def _without_suffix(name: str) -> str:
    return next(name[: -len(suffix)] for suffix in PACKED if name.lower().endswith(suffix))
