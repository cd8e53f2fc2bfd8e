"""The pictures of an archive on their way into the storage: each original is hashed and decoded in a bounded process, and must
be what its row says; renditions are made again from it. What the storage has under a name is never replaced."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server.errors import UnreadableImage, UnreadableSource
from annotation_server.files.checksums import names_below, sha256_of
from annotation_server.pictures.decoding import Decoded, DecoderPool
from annotation_server.pictures.encoding import JPEG_START
from annotation_server.pictures.storage import (
    MADE_AT_IMPORT,
    original_name,
    rendition_name,
    staging_folder,
    store_file,
)
from annotation_server.releases.archive_names import OF_GUIDELINES, ORIGINAL
from annotation_server.releases.release import workplace

PICTURES = "pictures"
AT_ONCE = 50
OF_GUIDELINES_IS = "image/webp"


@dataclass(frozen=True, kw_only=True)
class ExpectedPicture:
    """What a row says of its original."""

    media_type: str
    width: int
    height: int
    byte_count: int
    is_withdrawn: bool


# The rows of these hashes, in the project that is being made.
Expected = Callable[[Sequence[str]], Mapping[str, ExpectedPicture]]


def take_pictures(folder: Path, *, expected: Expected, guidelines: str) -> Iterator[str]:
    """Keep every picture of the archive; yields the names in it that are done with. `guidelines` is where those of the
    guidelines go. Raises UnreadableSource, ServiceUnavailable."""
    root = folder / PICTURES
    if not root.is_dir():
        return
    names = names_below(root)
    with (
        workplace(staging_folder() / "archive") as (staging, _),  # What a killed one left there goes now.
        DecoderPool(
            staging=staging, pixel_limit=settings.IMAGE_PIXEL_LIMIT, processes=os.cpu_count() or 1
        ) as pool,
    ):
        while chunk := list(islice(names, AT_ONCE)):
            for name in chunk:
                _refuse_other_bytes(name, root / name)
            decoded = [name for name in chunk if ORIGINAL.fullmatch(name) or OF_GUIDELINES.fullmatch(name)]
            hashes = [found[2] for name in decoded if (found := ORIGINAL.fullmatch(name))]
            rows = expected(hashes) if hashes else {}
            answers = pool.submit([root / name for name in decoded])
            for name, answer in zip(decoded, answers, strict=True):
                _take(name, _picture(name, answer), rows, guidelines)
            yield from chunk


def _refuse_other_bytes(name: str, path: Path) -> None:
    """Before it is decoded; of a rendition nothing more is asked, for it is not taken."""
    if original := ORIGINAL.fullmatch(name):
        if sha256_of(path) != original[2]:
            raise UnreadableSource(f"{name} of the archive is not the picture that its name says.")
        return
    with path.open("rb") as file:
        head = file.read(12)
    is_webp = head[:4] == b"RIFF" and head[8:] == b"WEBP"
    if not is_webp and not head.startswith(JPEG_START):
        raise UnreadableSource(f"{name} of the archive is not a picture as this server serves them.")


def _picture(name: str, answer: "Future[Decoded]") -> Decoded:
    try:
        return answer.result()
    except UnreadableImage as error:
        raise UnreadableSource(
            f"{PICTURES}/{name} of the archive cannot be taken. {error.message}"
        ) from error


def _take(name: str, decoded: Decoded, rows: Mapping[str, ExpectedPicture], guidelines: str) -> None:
    try:
        if original := ORIGINAL.fullmatch(name):
            _refuse_other(name, original[2], decoded, rows)
            _store(original_name(sha256=decoded.sha256, media_type=decoded.media_type), decoded, ".original")
            _store(rendition_name(sha256=decoded.sha256, size=MADE_AT_IMPORT), decoded, f".{MADE_AT_IMPORT}")
        else:
            if decoded.media_type != OF_GUIDELINES_IS:
                raise UnreadableSource(
                    f"{PICTURES}/{name} of the archive is not a picture as this server keeps them."
                )
            _store(str(PurePosixPath(guidelines) / PurePosixPath(name).name), decoded, ".original")
    finally:
        decoded.discard()


def _refuse_other(name: str, sha256: str, decoded: Decoded, rows: Mapping[str, ExpectedPicture]) -> None:
    if decoded.sha256 != sha256:
        raise UnreadableSource(f"{name} of the archive is not the picture that its name says.")
    row = rows.get(sha256)
    if row is None or row.is_withdrawn:
        raise UnreadableSource(f"{name} of the archive is the picture of no image that the archive has.")
    seen = (decoded.media_type, decoded.width, decoded.height, decoded.byte_count)
    if seen != (row.media_type, row.width, row.height, row.byte_count):
        raise UnreadableSource(f"{name} of the archive is not the picture that its image says.")
    if name != original_name(sha256=sha256, media_type=decoded.media_type):
        raise UnreadableSource(f"{name} of the archive is not called as such a picture is.")


def _store(name: str, decoded: Decoded, suffix: str) -> None:
    if not default_storage.exists(name):
        store_file(name=name, staged=decoded.staged.with_suffix(suffix))
