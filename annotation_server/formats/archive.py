"""The full archive of a project: a file of JSON Lines a table, the pictures, captioners' checkpoints, and a manifest.

manifest.json                     counts, SHA-256 of every file but the pictures, versions
pictures.sha256                   theirs
tables/image.jsonl …              rows; other rows are named by their number in their table, from 1
people.jsonl                      names of those whom rows name
pictures/images/ab/….jpg          originals, and renditions/ab/….webp as people and captioner saw them
pictures/guidelines/….webp
checkpoints/1/…                   of captioner run 1
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from annotation_server.errors import UnreadableSource
from annotation_server.formats.checksums import (
    MANIFEST,
    PICTURE_LIST,
    Hashed,
    differences,
    hashed_files,
    is_picture,
    listed_files,
    names_below,
    sha256_of,
)
from annotation_server.formats.pictures import keep, staging_folder, takes_no_more
from annotation_server.formats.release import read_manifest, workplace

FORMAT = "archive"
# Version 1 had no list of pictures: the manifest named them all.
ARCHIVE_VERSION = 2
READ_VERSIONS = (1, 2)
PEOPLE = "people.jsonl"
PICTURES = "pictures"
ORIGINAL = re.compile(r"images/[0-9a-f]{2}/([0-9a-f]{64})\.[a-z]{3,4}")
RENDITION = re.compile(r"renditions/[0-9a-f]{2}/[0-9a-f]{64}\.(screen|thumbnail)\.webp")
OF_GUIDELINES = re.compile(r"guidelines/([0-9a-f]{64}\.webp)")


def table_file(name: str) -> str:
    """tables/image.jsonl"""
    return f"tables/{name}.jsonl"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Raises UnreadableSource."""
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise TypeError
                yield row
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise UnreadableSource(
            f"{path.name} of the archive cannot be read ({type(error).__name__})."
        ) from error


def servers_file(*, archive_id: int, slug: str) -> Path:
    """Where the server itself writes one that was asked for in the browser or over the API."""
    return Path(settings.EXPORTS_ROOT) / f"archive-{archive_id}" / f"{slug}.tar"


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
    return checked_manifest(folder, found=hashed_files(folder))


def checked_manifest(folder: Path, *, found: Iterable[Hashed]) -> dict[str, Any]:
    """The same where the files' hashes are known. Raises UnreadableSource."""
    manifest = read_manifest(folder)
    if manifest.get("format") != FORMAT:
        raise UnreadableSource("This is no archive of a project, but an export in another format.")
    if manifest.get("archive_version") not in READ_VERSIONS:
        raise UnreadableSource(
            f"The archive has version {manifest.get('archive_version')}; this server reads up to {ARCHIVE_VERSION}."
        )
    for wrong, _ in differences(said=listed_files(folder, manifest), found=found):
        proof = PICTURE_LIST if is_picture(wrong) and _listed(manifest) else MANIFEST
        raise UnreadableSource(f"The archive is not whole: {wrong} is not what {proof} says.")
    return manifest


def take_pictures(folder: Path, *, guidelines: str) -> Iterator[str]:
    """Keep every picture of the archive in the storage; yields each one's name. `guidelines` is where those of the guidelines
    go. Raises UnreadableSource, ServiceUnavailable."""
    if not (folder / PICTURES).is_dir():
        return
    with workplace(staging_folder() / "archive") as (staging, _):
        for name in names_below(folder / PICTURES):
            path = folder / PICTURES / name
            staged = staging / path.name
            _copy(path, staged)
            keep(name=_checked_name(name, staged, guidelines), staged=staged)
            staged.unlink(missing_ok=True)
            yield name


def _checked_name(name: str, path: Path, guidelines: str) -> str:
    """What it is kept under: only names that an import makes itself, and only what they promise."""
    if original := ORIGINAL.fullmatch(name):
        if sha256_of(path) != original[1]:
            raise UnreadableSource(f"{name} of the archive is not the picture that its name says.")
        return name
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise UnreadableSource(f"{name} of the archive is not a picture as this server serves them.")
    if RENDITION.fullmatch(name):
        return name
    if picture := OF_GUIDELINES.fullmatch(name):
        return str(PurePosixPath(guidelines) / picture[1])
    raise UnreadableSource(f"{name} of the archive is no picture of a project.")


def _copy(path: Path, staged: Path) -> None:
    """To be moved into the storage; the archive stays as it is."""
    try:
        shutil.copyfile(path, staged)
    except OSError as error:
        raise takes_no_more(error) from error
