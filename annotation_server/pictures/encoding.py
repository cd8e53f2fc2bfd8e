"""The bytes of a rendition: JPEG for photographs, WebP without loss for small graphics, and never more bytes than the file that
it is made of (or than FLOOR).

A JPEG that is shown in its own size is coded with its own tables again: that gives its pixels back nearly as they are, in about
as many bytes, in a sixth of the time that WebP takes (docs/import.md has the figures).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from annotation_server.errors import UnreadableImage

# Small pictures of files without loss are kept to the pixel: there halved colour resolution would blur what matters.
LOSSLESS_UP_TO = 512
QUALITY = 90
# Tried one after the other when a rendition comes out larger than its original.
LOWER_QUALITIES = (80, 60, 40, 20, 1)
# A disk's block: a file of fewer bytes takes as much.
FLOOR = 4096
JPEG_START = b"\xff\xd8\xff"
MEDIA_TYPES = {"image/jpeg": "jpg", "image/webp": "webp"}
_LUMA_SUM_AT_90 = 736


@dataclass(frozen=True, kw_only=True)
class Coding:
    """How the file that pixels came from was coded. `tables` and `sampling` are a JPEG's, as Pillow has them."""

    lossless: bool = False
    grey: bool = False
    tables: tuple[tuple[int, ...], ...] = ()
    sampling: int = -1

    def scaled(self) -> "Coding":
        """Of the pixels in another size: the tables fitted the old ones."""
        return Coding(lossless=self.lossless, grey=self.grey)


def encoded(image: Image.Image, *, coding: Coding, size: str, at_most: int) -> bytes:
    """The picture in as few bytes as `at_most` (or FLOOR), else as few as can be."""
    best = b""
    for encode in _ways(image, coding, is_thumbnail=size == "thumbnail"):
        try:
            content = encode()
        except OSError:  # Nothing is written to a disk here: this encoder cannot. Another one can.
            continue
        if len(content) <= max(at_most, FLOOR):
            return content
        if not best or len(content) < len(best):
            best = content
    if not best:
        raise UnreadableImage("No rendition can be made of it.")
    return best


def media_type_of(content: bytes) -> str:
    """Of a rendition, by its first bytes."""
    return "image/jpeg" if content.startswith(JPEG_START) else "image/webp"


def _ways(image: Image.Image, coding: Coding, *, is_thumbnail: bool) -> Iterator[Callable[[], bytes]]:
    """The likeliest first, then those that take fewer bytes."""
    is_small = max(image.size) <= LOSSLESS_UP_TO
    if is_thumbnail:
        yield lambda: _webp(image, quality=80)
    else:
        if coding.lossless and is_small:
            yield lambda: _webp_without_loss(image)
        yield lambda: _jpeg(image, coding)
        if coding.lossless and not is_small:  # A drawing: it comes out smaller, and as it was.
            yield lambda: _webp_without_loss(image)
    for quality in LOWER_QUALITIES:
        yield lambda quality=quality: _webp(image, quality=quality)  # type: ignore[misc]


def _jpeg(image: Image.Image, coding: Coding) -> bytes:
    """At QUALITY; or with the original's tables where those are coarser, and then with a Huffman code of its own: without one,
    two of three come out larger than their original."""
    shown = image.convert("L") if coding.grey else image
    file = BytesIO()
    if _is_coarse(coding):
        tables = [list(table) for table in coding.tables]
        sampling = coding.sampling if not coding.grey else -1
        shown.save(file, "JPEG", qtables=tables, subsampling=sampling, optimize=True)
    else:
        shown.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _is_coarse(coding: Coding) -> bool:
    return bool(coding.tables) and sum(coding.tables[0]) >= _LUMA_SUM_AT_90


def _webp(image: Image.Image, *, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=quality, method=0)
    return file.getvalue()


def _webp_without_loss(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", lossless=True, quality=25, method=2)
    return file.getvalue()
