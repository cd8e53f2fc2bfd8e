"""A source's row made ready before anything is decoded or stored: checked, filled up, its picture fetched and hashed."""

import hashlib
import uuid
from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotation_server.errors import InvalidText, UnreadableImage
from annotation_server.files.checksums import sha256_of
from annotation_server.formats.readers.lfs import WHAT_TO_DO, is_pointer
from annotation_server.formats.readers.lookup import OUTSIDE
from annotation_server.formats.readers.row import ImportRow
from annotation_server.pictures.decoding import Decoded
from annotation_server.reach.fetch import FetchLimits, fetch
from annotation_server.texts.text import refuse_unstorable, with_plain_line_ends

LINE_LIMITS = {
    "source": 200,
    "domain": 200,
    "licence": 200,
    "source_key": 500,
    "image_url": 4_000,
    "page_url": 4_000,
}
ALT_TEXT_LIMIT = 100_000
ALT_TEXTS_LIMIT = 100
# Characters of an image's alt-texts together: they are listed by the hundred images, and come with every task.
ALT_TEXTS_TOGETHER = 100_000
BYTE_LIMIT = 256 * 1024 * 1024


@dataclass(kw_only=True)
class PreparedRow:
    """A row, the hash of its picture's bytes, and what became of it so far: `refused` says why it goes no further."""

    row: ImportRow
    picture: Path | bytes = b""
    sha256: str = ""
    decoding: Future[Decoded] | None = None
    decoded: Decoded | None = None
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What the import says for rows that say nothing, and how its rows are taken. `confined_to`: pictures outside that folder
    are refused. What is fetched goes into `fetched_to`."""

    split: str = ""
    source: str = ""
    domain: str = ""
    licence: str = ""
    repair_texts: bool = False
    confined_to: Path | None = None
    fetched_to: Path
    fetch_limits: FetchLimits = field(default_factory=FetchLimits)


def prepare_row(*, row: ImportRow, defaults: Defaults, known_sha256: str = "") -> PreparedRow:
    """Check a row, fetch its picture where it has an address, and hash it. `known_sha256`: it was fetched before."""
    try:
        checked = _checked(row, defaults)
        if known_sha256:
            return PreparedRow(row=checked, sha256=known_sha256)
        picture = _picture(checked, defaults)
        return PreparedRow(row=checked, picture=picture, sha256=_sha256(picture))
    except (InvalidText, UnreadableImage) as refusal:
        return PreparedRow(row=row, refused=refusal.message)
    except (OSError, ValueError) as error:  # No such name can be, or nobody may read it.
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return PreparedRow(row=row, refused=f"The file cannot be read ({reason}).")


def _checked(row: ImportRow, defaults: Defaults) -> ImportRow:
    if row.problem:
        raise UnreadableImage(row.problem)
    lines = {name: getattr(row, name) or getattr(defaults, name, "") for name in LINE_LIMITS}
    if isinstance(row.picture, str):  # So it is known again.
        lines["image_url"] = row.picture
    for name, value in lines.items():
        refuse_unstorable(value, of=name)
        if len(value) > LINE_LIMITS[name]:
            raise InvalidText(
                f"Its {name} has {len(value):,} characters; at most {LINE_LIMITS[name]:,} can be stored."
            )
    texts = [_repaired(text) for text in row.alt_texts] if defaults.repair_texts else row.alt_texts
    return replace(row, **lines, split=row.split or defaults.split, alt_texts=_texts(texts))


def _repaired(text: str) -> str:
    from ftfy import fix_text

    repaired: str = fix_text(text)
    return repaired


def _texts(texts: list[str]) -> list[str]:
    """As they came, each once; an empty text is kept (the page had alt="")."""
    for text in texts:
        refuse_unstorable(text, of="an alt-text")
        if len(text) > ALT_TEXT_LIMIT:
            raise InvalidText(
                f"An alt-text has {len(text):,} characters; at most {ALT_TEXT_LIMIT:,} can be stored."
            )
    if len(texts) > ALT_TEXTS_LIMIT:
        raise InvalidText(f"The row has {len(texts)} alt-texts; at most {ALT_TEXTS_LIMIT} can be stored.")
    different = list(dict.fromkeys(with_plain_line_ends(text) for text in texts))
    refuse_many_texts(different)
    return different


def refuse_many_texts(texts: Collection[str]) -> None:
    """Raises InvalidText where the different alt-texts of one image are too many, or too long together."""
    if len(texts) > ALT_TEXTS_LIMIT:
        raise InvalidText(
            f"The image would have {len(texts)} alt-texts; at most {ALT_TEXTS_LIMIT} can be stored."
        )
    if (length := sum(map(len, texts))) > ALT_TEXTS_TOGETHER:
        raise InvalidText(
            f"The image's alt-texts would have {length:,} characters together; at most {ALT_TEXTS_TOGETHER:,} can be stored."
        )


def _picture(row: ImportRow, defaults: Defaults) -> Path | bytes:
    picture = row.picture
    if picture is None:
        raise UnreadableImage("The row names no image.")
    if isinstance(picture, str):
        fetched = defaults.fetched_to / f"{uuid.uuid4().hex}.fetched"
        try:
            fetch(url=picture, to=fetched, limits=defaults.fetch_limits)
        except UnreadableImage:
            fetched.unlink(missing_ok=True)
            raise
        return fetched
    if isinstance(picture, Path):
        if defaults.confined_to is not None and not picture.resolve().is_relative_to(defaults.confined_to):
            raise UnreadableImage(OUTSIDE)
        if not picture.is_file():
            raise UnreadableImage(f"There is no file '{row.name}'.")
        if is_pointer(picture):
            raise UnreadableImage(f"'{row.name}' {WHAT_TO_DO}")
    size = picture.stat().st_size if isinstance(picture, Path) else len(picture)
    if size > BYTE_LIMIT:
        raise UnreadableImage(f"The file has {size:,} bytes; at most {BYTE_LIMIT:,} are taken.")
    return picture


def _sha256(picture: Path | bytes) -> str:
    return sha256_of(picture) if isinstance(picture, Path) else hashlib.sha256(picture).hexdigest()
