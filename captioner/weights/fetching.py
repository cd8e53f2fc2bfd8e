"""Fetching a repository into the cache: listed, downloaded or copied, checked, converted, and only then there."""

import hashlib
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from captioner.errors import FetchFailed
from captioner.progress import Progress
from captioner.storage import locked, refusing_full_disk
from captioner.weights.conversion import (
    INDEX,
    SAFE_INDEX,
    check_safetensors,
    convert_index,
    convert_pickle,
    safe_name,
)
from captioner.weights.fetched import (
    BEGUN,
    Fetched,
    FetchedFile,
    commit_of,
    name_revision,
    read_fetched,
    repository_folder,
    write_fetched,
)
from captioner.weights.folder_files import folder_listing
from captioner.weights.hub_files import ListedFile, Listing, download, list_files
from captioner.weights.repositories import Repository, Use
from captioner.weights.selection import PICKLES, SAFETENSORS, needed_files, weights_among

MEGABYTE: Final = 1_000_000
BLOCK: Final = 1 << 22


def fetch(
    *,
    repository: Repository,
    uses: Collection[Use],
    cache: Path,
    source: Path | None,
    progress: Progress,
    pin: bool = False,
) -> Fetched:
    """The repository's files for these uses, from the hub or the folder `source`. What is here is checked, not fetched again;
    what was begun is continued. With `pin` the revision is looked up again, and meant from now on by settings that name none.

    Raises FetchFailed and DiskFull."""
    home = repository_folder(repository=repository, cache=cache)
    home.mkdir(parents=True, exist_ok=True)
    with locked(home / "lock"), refusing_full_disk(home):
        commit = commit_of(repository=repository, cache=cache)
        there = read_fetched(home / commit) if commit else None
        if there is not None and source is None and (not pin or repository.revision == commit):
            if _is_whole(there, uses=uses, progress=progress):
                name_revision(repository=repository, commit=there.revision, cache=cache, pin=pin)
                return there
            repository = replace(repository, revision=there.revision)
        listing = list_files(repository) if source is None else folder_listing(source, repository=repository)
        work = _Fetching(
            repository=repository,
            listing=listing,
            source=source,
            folder=home / listing.commit,
            progress=progress,
        )
        fetched = work.run(uses=uses)
        name_revision(repository=repository, commit=listing.commit, cache=cache, pin=pin)
        return fetched


def _is_whole(there: Fetched, *, uses: Collection[Use], progress: Progress) -> bool:
    """Whether every file is as it was fetched, and it was fetched for these uses."""
    told = _Told(
        progress, of=there.repository, total=sum(file.size for file in there.files.values()), doing="checking"
    )
    for name, file in there.files.items():
        path = there.folder / name
        if not path.is_file() or path.stat().st_size != file.size:
            return False
        if sha256_of(path, read=told.add) != file.sha256:
            path.unlink()
            return False
    return set(uses) <= set(there.uses)


@dataclass(kw_only=True)
class _Fetching:
    """One repository at one commit."""

    repository: Repository
    listing: Listing
    source: Path | None
    folder: Path
    progress: Progress

    def run(self, *, uses: Collection[Use]) -> Fetched:
        by_name = {file.name: file for file in self.listing.files}
        wanted = [by_name[name] for name in needed_files(by_name, uses=uses)]
        if not weights_among([file.name for file in wanted]):
            raise FetchFailed(
                f"{self.source or self.repository} holds no weights that can be used (model.safetensors, pytorch_model.bin, or "
                "open_clip's); name another repository or folder."
            )
        self.folder.mkdir(exist_ok=True)
        fetched = self._known()
        told = _Told(
            self.progress, of=self.repository.name, total=sum(file.size for file in wanted), doing="fetching"
        )
        for file in wanted:
            if self._has(file, files=fetched.files):
                told.add(file.size)
                continue
            name, brought = self._bring(file, told=told)
            fetched.files[name] = brought
            write_fetched(fetched, name=BEGUN)
        fetched = replace(fetched, uses=tuple({*uses, *fetched.uses}))
        write_fetched(fetched)
        (self.folder / BEGUN).unlink(missing_ok=True)
        return fetched

    def _known(self) -> Fetched:
        """What earlier calls have brought, whether they came to an end or not."""
        done, begun = read_fetched(self.folder), read_fetched(self.folder, name=BEGUN)
        files = {**(done.files if done else {}), **(begun.files if begun else {})}
        return Fetched(
            repository=self.repository.name,
            revision=self.listing.commit,
            folder=self.folder,
            uses=() if done is None else done.uses,
            files={name: file for name, file in files.items() if self._is_here(name, file)},
        )

    def _is_here(self, name: str, file: FetchedFile) -> bool:
        path = self.folder / name
        return path.is_file() and path.stat().st_size == file.size

    def _has(self, file: ListedFile, *, files: dict[str, FetchedFile]) -> bool:
        """Whether the file is here already, converted perhaps."""
        return any(file.name in (name, had.made_from) for name, had in files.items())

    def _bring(self, file: ListedFile, *, told: "_Told") -> tuple[str, FetchedFile]:
        """Downloads or copies one file, checks it, and converts a pickle."""
        part = self.folder / f"{file.name}.part"
        if self.source is None:
            told.add(part.stat().st_size if part.exists() else 0)
            download(
                repository=self.repository, commit=self.listing.commit, file=file, to=part, received=told.add
            )
        else:
            _copy(self.source / file.name, part, copied=told.add)
        found = checked(part, file=file)
        if PICKLES.fullmatch(file.name):
            return self._converted(part, file=file, sha256=found, convert=convert_pickle)
        if file.name == INDEX:
            return self._converted(part, file=file, sha256=found, convert=convert_index)
        if SAFETENSORS.fullmatch(file.name):
            try:
                check_safetensors(part)
            except FetchFailed:
                part.unlink()
                raise
        part.replace(self.folder / file.name)
        return file.name, FetchedFile(size=file.size, sha256=found)

    def _converted(
        self, part: Path, *, file: ListedFile, sha256: str, convert: Callable[[Path, Path], None]
    ) -> tuple[str, FetchedFile]:
        """A pickle that cannot be converted is thrown away, unless it is the disk that is full: the next call needs it."""
        name = SAFE_INDEX if file.name == INDEX else safe_name(file.name)
        try:
            convert(part, self.folder / name)
        except FetchFailed:
            part.unlink()
            raise
        part.unlink()
        made = self.folder / name
        return name, FetchedFile(
            size=made.stat().st_size, sha256=sha256_of(made), made_from=file.name, made_from_sha256=sha256
        )


class _Told:
    """Progress in megabytes over all files."""

    def __init__(self, progress: Progress, *, of: str, total: int, doing: str) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self._message = f"{doing} {of}, MB"

    def add(self, count: int) -> None:
        self._done += count
        self._progress(
            done=self._done // MEGABYTE, total=max(1, -(-self._total // MEGABYTE)), message=self._message
        )


def sha256_of(path: Path, *, read: Callable[[int], None] = lambda _: None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            read(len(block))
    return digest.hexdigest()


def checked(part: Path, *, file: ListedFile) -> str:
    """The file's SHA-256; a file that is not the one that was listed is removed, and FetchFailed raised."""
    found = sha256_of(part)
    right = file.sha256 in (None, found) and (file.blob_id is None or file.blob_id == _blob_id(part))
    if not right:
        part.unlink()
        raise FetchFailed(
            f"{file.name} did not arrive as it was listed (its hash differs), so it was thrown away; fetch again."
        )
    return found


def _blob_id(path: Path) -> str:
    """What git calls the content; the hub says it of files that are not large."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _copy(source: Path, target: Path, *, copied: Callable[[int], None]) -> None:
    shutil.copyfile(source, target)
    copied(target.stat().st_size)
