"""Lines of a text file, plain or gzipped, in the encoding that it says or that the user says, each within a bound.

Bytes that are no text in that encoding arrive as lone surrogates, so that only their row is refused.
"""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.conf import settings

from annotation_server.errors import InvalidSettings

# What may be said of a file. An allow-list: Python also has encodings that are none of texts.
ENCODINGS = (
    *("utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp437", "cp850"),
    *("cp1250", "iso-8859-2", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "cp874"),
)
# A longer line is no row of texts but a mistake; reading it whole could take all memory.
LINE_LIMIT = 16 * 1024 * 1024
GZIP = b"\x1f\x8b"
# A packed file may become so many times as large, and a small one so large.
RATIO_LIMIT = 200
SMALL = 1 << 30
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NOT_DECODED = re.compile("[\udc80-\udcff]")
BROKEN = (OSError, EOFError, zlib.error, UnicodeError)


class TooLong(str):
    """The beginning of a line that is longer than LINE_LIMIT; the rest of it was passed over."""

    __slots__ = ()


def refuse_unknown_encoding(name: str) -> None:
    """Raises InvalidSettings. Empty: UTF-8, or what the file says itself."""
    if name and name not in ENCODINGS:
        raise InvalidSettings(f"No encoding '{name[:40]}'. Encodings: {', '.join(ENCODINGS)}.")


@contextmanager
def opened(path: Path, encoding: str = "") -> Iterator[IO[str]]:
    """The file as text; line ends stay as they are. Reading it raises BROKEN."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        raw = cast(BinaryIO, gzip.GzipFile(fileobj=file) if packed else file)
        said = encoding_of(raw.read(4))
        raw.seek(0)
        decoded = said if said != "utf-8" and encoding in {"", "utf-8", "utf-16"} else encoding or said
        with io.TextIOWrapper(raw, encoding=decoded, errors="surrogateescape", newline="") as text:
            yield text


def encoding_of(start: bytes) -> str:
    """What the file's first bytes say: a byte order mark, or UTF-16 without one."""
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    for at, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) == 4 and start[at::2] == b"\x00\x00" and 0 not in start[1 - at :: 2]:
            return encoding
    return "utf-8"


def lines(path: Path, encoding: str = "") -> Iterator[str]:
    """Every line with its end. Raises BROKEN where the file cannot be read any further, also when it grows too large."""
    limit = min(settings.IMPORT_SOURCE_LIMIT, max(SMALL, path.stat().st_size * RATIO_LIMIT))
    with opened(path, encoding) as file:
        size = 0
        while line := file.readline(LINE_LIMIT + 1):
            size += len(line)
            if size > limit:
                raise EOFError(f"unpacked it is larger than {limit:,} bytes")
            if len(line) > LINE_LIMIT:
                size += _skip_rest(file)
                line = TooLong(line[:100])
            yield line


def count_lines(path: Path) -> int:
    """Lines of the file, empty ones too; 0 for a packed one, which would have to be unpacked twice."""
    with path.open("rb") as file:
        if file.read(2) == GZIP:
            return 0
        file.seek(0)
        count, last = 0, b"\n"
        while block := file.read(1 << 20):
            count, last = count + block.count(b"\n"), block[-1:]
    return count + (last != b"\n")


def not_decoded(text: str, *, name: str, encoding: str) -> str:
    """Why a text with bytes that were no text is refused; empty for all others."""
    if text.isascii() or not (found := NOT_DECODED.search(text)):
        return ""
    place = len(text[: found.start()].encode("utf-8", "surrogateescape")) + 1
    said = encoding or "UTF-8"
    return f"{name} is not {said} (at byte {place}): save the file as UTF-8, or say its encoding."


def _skip_rest(file: IO[str]) -> int:
    skipped = 0
    while more := file.readline(LINE_LIMIT):
        skipped += len(more)
        if more.endswith(("\n", "\r")):
            break
    return skipped
