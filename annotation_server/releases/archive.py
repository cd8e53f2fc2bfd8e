"""The full archive of a project: a file of JSON Lines a table, the pictures, captioners' checkpoints, and a manifest.

manifest.json                     counts, SHA-256 of every file but the pictures, versions
pictures.sha256                   theirs
tables/image.jsonl …              rows; other rows are named by their number in their table, from 1
people.jsonl                      names of those whom rows name
pictures/images/ab/….jpg          originals, and renditions/ab/….screen as people and captioner saw them
pictures/guidelines/….webp
checkpoints/1/…                   of captioner run 1
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from annotation_server.errors import UnreadableSource
from annotation_server.files.checksums import (
    MANIFEST,
    PICTURE_LIST,
    Hashed,
    differences,
    hashed_files,
    is_picture,
    listed_files,
)
from annotation_server.releases.archive_names import printable, refuse_strange_files, refuse_strange_name
from annotation_server.releases.release import read_manifest

FORMAT = "archive"
# Raised when an archive's files or rows change their meaning.
ARCHIVE_VERSION = 1
PEOPLE = "people.jsonl"
PICTURES = "pictures"
MANIFEST_LIMIT = 512 << 20
LINE_LIMIT = 64 << 20


class _Entry(BaseModel):
    """A file."""

    model_config = ConfigDict(strict=True)
    name: Annotated[str, StringConstraints(max_length=1_000)]
    bytes: Annotated[int, Field(ge=0, le=2**63 - 1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    listed_files: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0


class _Manifest(BaseModel):
    """What this server reads of it."""

    model_config = ConfigDict(strict=True)
    project: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
    code_version: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
    row_count: Annotated[int, Field(ge=0, le=2**63 - 1)]
    files: list[_Entry]


def table_file(name: str) -> str:
    """tables/image.jsonl"""
    return f"tables/{name}.jsonl"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Raises UnreadableSource."""
    try:
        with path.open("rb") as file:
            while line := file.readline(LINE_LIMIT + 1):
                if len(line) > LINE_LIMIT:
                    raise UnreadableSource(
                        f"{path.name} of the archive has a row of more than {LINE_LIMIT:,} bytes."
                    )
                row = json.loads(line.decode(), parse_constant=no_number)
                if not isinstance(row, dict):
                    raise TypeError
                yield row
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise UnreadableSource(
            f"{path.name} of the archive cannot be read ({type(error).__name__})."
        ) from error


def no_number(word: str) -> float:
    """NaN and Infinity are no JSON, and no value of any column."""
    raise ValueError(word)


def line_count(path: Path) -> int:
    """How many rows a file has, without reading them. Raises UnreadableSource."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError as error:
        raise UnreadableSource(f"{path.name} of the archive cannot be read ({error.strerror}).") from error


def file_count(manifest: dict[str, Any]) -> int:
    """Of an archive's files but the manifest."""
    return len(manifest["files"]) + _listed(manifest)


def picture_count(manifest: dict[str, Any]) -> int:
    """Of an archive's pictures."""
    return _listed(manifest) + sum(is_picture(entry["name"]) for entry in manifest["files"])


def _listed(manifest: dict[str, Any]) -> int:
    return sum(entry.get("listed_files", 0) for entry in manifest["files"])


def contents_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """What an archive has, in a few words."""
    names = [str(entry["name"]) for entry in manifest["files"]]
    return {
        "project": str(manifest["project"]),
        "code_version": str(manifest["code_version"]),
        "row_count": manifest["row_count"],
        "images": manifest["tables"].get("image", 0),
        "captions": manifest["tables"].get("caption", 0),
        "rounds": manifest["tables"].get("round", 0),
        "pictures": picture_count(manifest),
        "checkpoints": len({name.split("/")[1] for name in names if name.startswith("checkpoints/")}),
    }


def read_archive(folder: Path) -> dict[str, Any]:
    """The manifest of an archive whose files are what it says. Raises UnreadableSource."""
    refuse_strange_files(folder)
    return checked_manifest(folder, found=hashed_files(folder))


def checked_manifest(folder: Path, *, found: Iterable[Hashed]) -> dict[str, Any]:
    """The same where the files' hashes are known. Raises UnreadableSource."""
    if (path := folder / MANIFEST).is_file() and path.stat().st_size > MANIFEST_LIMIT:
        raise UnreadableSource(f"{MANIFEST} has more than {MANIFEST_LIMIT:,} bytes.")
    manifest = read_manifest(folder)
    if manifest.get("format") != FORMAT:
        raise UnreadableSource("This is no archive of a project, but an export in another format.")
    if manifest.get("archive_version") != ARCHIVE_VERSION:
        raise UnreadableSource(
            f"The archive has version {manifest.get('archive_version')}; this server reads version {ARCHIVE_VERSION}."
        )
    _refuse_odd_manifest(manifest)
    pictures = Counter[bool]()
    for wrong, _ in differences(said=listed_files(folder, manifest), found=_counted(found, pictures)):
        proof = PICTURE_LIST if is_picture(wrong) and _listed(manifest) else MANIFEST
        raise UnreadableSource(f"The archive is not whole: {printable(wrong)} is not what {proof} says.")
    if pictures[True] != picture_count(manifest):
        raise UnreadableSource(
            f"The archive is not whole: {MANIFEST} says {picture_count(manifest):,} pictures, there are {pictures[True]:,}."
        )
    return manifest


def _counted(found: Iterable[Hashed], pictures: Counter[bool]) -> Iterator[Hashed]:
    for name, sha256 in found:
        pictures[is_picture(name)] += 1
        yield name, sha256


def _refuse_odd_manifest(manifest: dict[str, Any]) -> None:
    try:
        _Manifest.model_validate(manifest)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part)[:60] for part in first["loc"])
        raise UnreadableSource(f"{MANIFEST} of the archive: {place}: {first['msg'][:200]}.") from error
    for entry in manifest["files"]:
        refuse_strange_name(entry["name"])
