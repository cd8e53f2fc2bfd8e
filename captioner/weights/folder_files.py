"""A repository's files in a folder on this machine: brought from elsewhere, in the layout of any of the hub's programs."""

import hashlib
from pathlib import Path

from captioner.errors import FetchFailed
from captioner.weights.fetched import read_fetched
from captioner.weights.hub_files import ListedFile, Listing
from captioner.weights.repositories import Repository
from captioner.weights.selection import SMALL, weights_among


def find_folder(source: Path, *, repository: Repository) -> Path:
    """Where below `source` the repository lies; raises FetchFailed."""
    owner, _, name = repository.name.partition("/")
    snapshots = source / f"models--{owner}--{name}" / "snapshots"
    of_the_hubs_cache = sorted(snapshots.iterdir()) if snapshots.is_dir() else []
    wanted = [one for one in of_the_hubs_cache if repository.revision in (None, one.name)]
    for folder in (source / owner / name, source / f"{owner}--{name}", source / name, *wanted[-1:], source):
        if folder.is_dir() and weights_among([file.name for file in folder.iterdir()]):
            return folder
    raise FetchFailed(
        f"{source} holds no weights of {repository}: neither it, nor {owner}/{name}, {name} or the hub's cache below it; "
        "name the folder that holds them."
    )


def folder_listing(folder: Path, *, repository: Repository) -> Listing:
    """The folder's files. Their revision is the one that was asked for, that a fetch or the hub's cache wrote down, or a name
    made of their hashes."""
    known = read_fetched(folder)
    names = sorted(
        file.name
        for file in folder.iterdir()
        if file.is_file() and (SMALL.fullmatch(file.name) or weights_among([file.name]))
    )
    sums = {} if known is None else {name: file.sha256 for name, file in known.files.items()}
    files = tuple(
        ListedFile(name=name, size=(folder / name).stat().st_size, sha256=sums.get(name))
        for name in names
        if name != "fetched.json"
    )
    if known is not None:
        revision = known.revision
    elif folder.parent.name == "snapshots":
        revision = folder.name
    else:
        revision = repository.revision or _revision_of(folder, files=files)
    return Listing(commit=revision.replace("/", "-"), files=files)


def _revision_of(folder: Path, *, files: tuple[ListedFile, ...]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.size}\0".encode())
        with (folder / file.name).open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"local-{digest.hexdigest()[:16]}"
