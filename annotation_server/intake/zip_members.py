"""What a zip archive says about its members, judged before one is unpacked: how many, how large, whether two share bytes, and
how their names are meant. Python's zipfile reads no member further than its announced size, so sums of these are bounds.
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from annotation_server.errors import UnreadableSource

# zipfile reads the whole directory into memory, and makes an object of every entry.
DIRECTORY_LIMIT = 1 << 30
ENTRY = b"PK\x01\x02"
BLOCK = 1 << 20
LOCAL_HEADER_BYTES = 30
# Deflate packs no more than about 1,000 to 1; what comes near it is no collection of pictures.
RATIO_LIMIT = 200
RATIO_FROM_BYTES = 100 * 1024 * 1024
UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075
ASSUMED = "cp437"


def refuse_too_many(file: BinaryIO, *, member_limit: int) -> None:
    """Counts the directory's entries before zipfile makes anything of them. Raises UnreadableSource."""
    find: Any = zipfile._EndRecData  # type: ignore[attr-defined]  # (of the standard library, without a public name)
    end = find(file)
    if end is None:
        return
    size, at = end[zipfile._ECD_SIZE], end[zipfile._ECD_LOCATION]  # type: ignore[attr-defined]
    if size > DIRECTORY_LIMIT:
        raise UnreadableSource(
            f"The archive's list of members has {size:,} bytes; at most {DIRECTORY_LIMIT:,} are taken."
        )
    if end[zipfile._ECD_SIGNATURE] == zipfile.stringEndArchive64:  # type: ignore[attr-defined]
        at -= zipfile.sizeEndCentDir64 + zipfile.sizeEndCentDir64Locator  # type: ignore[attr-defined]
    file.seek(max(0, at - size))
    count, left, before = 0, size, b""
    while left > 0 and (block := file.read(min(BLOCK, left))):
        left -= len(block)
        count += (before + block).count(ENTRY)
        before = block[1 - len(ENTRY) :]
        if count > member_limit:
            raise UnreadableSource(f"The archive has more than {member_limit:,} members; no more are taken.")


def refuse_bomb(members: Sequence[zipfile.ZipInfo], *, packed: int, byte_limit: int) -> int:
    """How many bytes they unpack to. Raises UnreadableSource for too many, for a bomb, however small its members, and for
    members that share bytes."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > byte_limit:
        raise UnreadableSource(f"The archive unpacks to more than {byte_limit:,} bytes.")
    if is_bomb(unpacked, packed=packed):
        raise bomb()
    for member in members:
        if is_bomb(member.file_size, packed=max(member.compress_size, 1)):
            raise UnreadableSource(
                f"'{member.filename[:200]}' unpacks to more than {RATIO_LIMIT} times its size; such archives are not taken."
            )
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise UnreadableSource(
                f"'{member.filename[:200]}' shares its bytes with another member; such archives are not taken."
            )
        end = member.header_offset + LOCAL_HEADER_BYTES + member.compress_size
    return unpacked


def is_bomb(unpacked: int, *, packed: int) -> bool:
    """Far more bytes than pictures and texts ever pack to."""
    return unpacked > RATIO_FROM_BYTES and unpacked > RATIO_LIMIT * packed


def bomb() -> UnreadableSource:
    """Why such an archive is refused."""
    return UnreadableSource(
        f"The archive unpacks to more than {RATIO_LIMIT} times its size; such archives are not taken."
    )


def name_of(member: zipfile.ZipInfo, *, encoding: str = "") -> tuple[str, str]:
    """The member's name, and how it was read: empty where the archive says so itself, else the encoding that was taken. Without
    a word of the archive it is UTF-8 where it can be, else in the said encoding, else as old DOS programs write it."""
    if member.flag_bits & UTF8_FLAG:
        return member.filename, ""
    try:
        raw = member.orig_filename.encode(ASSUMED)
    except UnicodeEncodeError:
        return member.filename, ""
    if raw.isascii():
        return member.filename, ""
    if said := _unicode_path(member.extra, raw):
        return said, ""
    for one in ("utf-8", encoding, ASSUMED):
        try:
            return raw.decode(one).partition("\x00")[0], one
        except (UnicodeError, LookupError):
            continue
    return member.filename, ASSUMED


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name that Info-ZIP writes beside the old one, if it belongs to that."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and len(field) > 5 and struct.unpack("<I", field[1:5])[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return ""


def archive_size(archive: Path) -> int:
    """Its bytes, at least one."""
    return max(1, archive.stat().st_size)
