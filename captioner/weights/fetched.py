"""Where fetched weights lie and what is known of them.

    CACHE/weights/OWNER--NAME/revisions.json            names of revisions to commits; "" is the one that settings mean that
                                                        name none
    CACHE/weights/OWNER--NAME/COMMIT/fetched.json       repository, revision, uses, and of each file size and SHA-256
    CACHE/weights/OWNER--NAME/COMMIT/config.json, …     the files

`fetched.json` is written last: a folder without it is not there yet.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from captioner.errors import WeightsUnavailable
from captioner.storage import published_file
from captioner.weights.repositories import Repository, Use

FETCHED: Final = "fetched.json"
# The same record, of a fetch that is under way.
BEGUN: Final = ".begun.json"
REVISIONS: Final = "revisions.json"
COMMIT: Final = re.compile(r"[0-9a-f]{7,40}")


@dataclass(frozen=True, kw_only=True)
class FetchedFile:
    """`made_from` are name and SHA-256 of the pickle that the file was converted from, or empty."""

    size: int
    sha256: str
    made_from: str = ""
    made_from_sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A repository at one commit on this machine."""

    repository: str
    revision: str
    folder: Path
    uses: tuple[Use, ...] = ()
    files: dict[str, FetchedFile] = field(default_factory=dict)


def repository_folder(*, repository: Repository, cache: Path) -> Path:
    return cache / "weights" / repository.name.replace("/", "--")


def find_fetched(*, repository: Repository, cache: Path) -> Fetched | None:
    """The repository at its revision, None when it was not fetched; raises WeightsUnavailable when its files are damaged."""
    home = repository_folder(repository=repository, cache=cache)
    commit = commit_of(repository=repository, cache=cache)
    if commit is None or not (home / commit / FETCHED).is_file():
        return None
    fetched = read_fetched(home / commit)
    if fetched is None or damaged_files(fetched):
        raise WeightsUnavailable(
            f"The files of {repository} in {home / commit} are damaged; fetch them again: {fetch_command(repository, cache)}"
        )
    return fetched


def commit_of(*, repository: Repository, cache: Path) -> str | None:
    """The commit that the repository's revision means here."""
    home = repository_folder(repository=repository, cache=cache)
    named = _read_json(home / REVISIONS) or {}
    revision = repository.revision or ""
    if isinstance(named.get(revision), str):
        return str(named[revision])
    if revision and (home / revision / FETCHED).is_file():
        return revision
    if COMMIT.fullmatch(revision) and home.is_dir():
        whole = [one.name for one in home.iterdir() if one.name.startswith(revision)]
        return whole[0] if len(whole) == 1 else None
    return None


def name_revision(*, repository: Repository, commit: str, cache: Path, pin: bool) -> None:
    """From now on the repository's revision means this commit; with `pin`, or where nothing did yet, its name alone too."""
    file = repository_folder(repository=repository, cache=cache) / REVISIONS
    before = _read_json(file) or {}
    named = {**before, "": commit} if pin or "" not in before else before
    if repository.revision is not None and repository.revision != commit:
        named[repository.revision] = commit
    with published_file(file) as stream:
        json.dump(named, stream, indent=2)


def read_fetched(folder: Path, *, name: str = FETCHED) -> Fetched | None:
    """What `write_fetched` wrote; None when it is not there or damaged."""
    fields = _read_json(folder / name)
    try:
        assert fields is not None  # noqa: S101  (None is refused like what is damaged)
        files = {str(file): FetchedFile(**known) for file, known in fields["files"].items()}
        return Fetched(
            repository=str(fields["repository"]),
            revision=str(fields["revision"]),
            folder=folder,
            uses=tuple(fields["uses"]),
            files=files,
        )
    except (AssertionError, AttributeError, KeyError, TypeError):
        return None


def write_fetched(fetched: Fetched, *, name: str = FETCHED) -> None:
    with published_file(fetched.folder / name) as stream:
        json.dump(
            {
                "repository": fetched.repository,
                "revision": fetched.revision,
                "uses": sorted(fetched.uses),
                "files": {file: asdict(known) for file, known in sorted(fetched.files.items())},
            },
            stream,
            indent=2,
        )


def damaged_files(fetched: Fetched) -> list[str]:
    """Those that are not as long as they were, or gone. Reading gigabytes to compare hashes is left to `fetch`."""

    def size(name: str) -> int:
        file = fetched.folder / name
        return file.stat().st_size if file.is_file() else -1

    return [name for name, file in fetched.files.items() if size(name) != file.size]


def fetch_command(repository: Repository, cache: Path) -> str:
    """What a person types to have the repository."""
    revision = "" if repository.revision is None else f" --revision {repository.revision}"
    return f"python -m captioner fetch {repository.name}{revision} --cache {cache}"


def _read_json(file: Path) -> dict[str, Any] | None:
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return fields if isinstance(fields, dict) else None
