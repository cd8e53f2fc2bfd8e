"""From a file's bytes to pixels: which formats are taken, upright RGB for people and model alike, and what tells two
pictures apart. Pillow only; runs inside the decoder's bounded process (see decoder.py)."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms, ImageOps, JpegImagePlugin, UnidentifiedImageError

from annotation_server.errors import UnreadableImage
from annotation_server.pictures.encoding import Coding

# Pillow's name → media type.
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "AVIF": "image/avif",
}
# Of their pixels nothing was lost, so that it is worth keeping them.
LOSSLESS = {"PNG", "GIF", "BMP", "TIFF"}
WEBP_WITHOUT_LOSS = b"VP8L"
# WebP itself ends at 16,383.
SIZES = {"screen": 1600, "thumbnail": 320, "original": 16_383}
# A JPEG decodes several times faster when it may be halved; twice the largest rendition is kept, so nobody sees it.
DECODED_SIZE = (2 * SIZES["screen"], 2 * SIZES["screen"])

_HASH_ORDER = sorted(range(64), key=lambda bit: ((bit % 8 + 2 * (bit // 8)) % 4, bit))
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a file turned out to hold. `image` is upright RGB with fresh pixels; width and height are the file's own."""

    image: Image.Image
    media_type: str
    width: int
    height: int
    coding: Coding


def read_picture(*, file: BinaryIO, pixel_limit: int, in_full: bool = False) -> Picture:
    """Decode the first frame completely. Raises UnreadableImage with a reason for people.

    Unless `in_full`, a large JPEG comes at half its size or less, still larger than the renditions that are made of it.
    """
    Image.MAX_IMAGE_PIXELS = None  # Our own limit comes first, and is exact.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Odd metadata is no reason to refuse a picture.
            start = file.read(len(WEBP_WITHOUT_LOSS) + 12)
            file.seek(0)
            with Image.open(file, formats=list(MEDIA_TYPES)) as opened:
                lossless = opened.format in LOSSLESS or start[12:] == WEBP_WITHOUT_LOSS
                return _decode(opened, pixel_limit, in_full, lossless)
    except UnreadableImage:
        raise
    except MemoryError as error:
        raise UnreadableImage("Decoding it needs more memory than an import may use.") from error
    except UnidentifiedImageError as error:
        known = ", ".join(sorted(MEDIA_TYPES))
        raise UnreadableImage(f"Not an image of a known format ({known}).") from error
    except Exception as error:  # Pillow's decoders raise nearly every kind of exception on damaged files.
        raise UnreadableImage(f"The image is damaged ({_first_line(error)}).") from error


def upright_rgb(image: Image.Image) -> Image.Image:
    """The picture as everybody sees it: EXIF orientation applied, on white, 8 bits a channel, sRGB, no metadata."""
    image.load()
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image) if _orientation(image) != 1 else image
    flat = _on_white(_in_eight_bits(turned), profile)
    fresh = flat.copy() if flat is image else flat
    fresh.info.clear()
    return fresh


def shrunk(image: Image.Image, *, size: str) -> Image.Image:
    """The picture with its longer side at most SIZES[size]; never enlarged, and itself where it is small enough."""
    if max(image.size) <= SIZES[size]:
        return image
    small = image.copy()
    small.thumbnail((SIZES[size], SIZES[size]), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small


def look_of(image: Image.Image) -> tuple[int, bytes]:
    """The difference hash and the colour grid.

    Averaging whole blocks first takes a quarter of the time that a thumbnail for the eye does; on 200 photographs it changes
    at most 2 of the 64 bits, and no colour by more than 10 of 255."""
    factor = max(1, max(image.size) // SIZES["thumbnail"])
    small = image.reduce(factor) if factor > 1 else image
    edges = (image.width / factor, image.height / factor)  # The last block may be smaller than the others.
    return _difference_hash(small, edges), _colour_grid(small, edges)


def _difference_hash(image: Image.Image, edges: tuple[float, float]) -> int:
    """64 bits, signed: is each pixel of a 9 × 8 grey version darker than its right neighbour?

    The bits are ordered so that each band of 16 (models/image.py) is spread over the whole picture: a plain sky in one
    corner then does not make a band equal for half of all photographs.
    """
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS, box=(0, 0, *edges)).tobytes()
    bits = [grey[9 * (bit // 8) + bit % 8] < grey[9 * (bit // 8) + bit % 8 + 1] for bit in _HASH_ORDER]
    value = sum(1 << position for position, bit in enumerate(bits) if bit)
    return value - (1 << 64) if value >> 63 else value


def _colour_grid(image: Image.Image, edges: tuple[float, float]) -> bytes:
    """The mean colours of 8 × 8 equal cells: 192 bytes, RGB, row by row."""
    return image.resize((8, 8), Image.Resampling.BOX, box=(0, 0, *edges)).tobytes()


def _decode(opened: Image.Image, pixel_limit: int, in_full: bool, lossless: bool) -> Picture:
    width, height = opened.size
    if width * height > pixel_limit:
        raise UnreadableImage(
            f"{width} × {height} is {width * height:,} pixels; at most {pixel_limit:,} are taken "
            "(for images of a project: IMAGE_PIXEL_LIMIT)."
        )
    # MPO is what Pillow calls a JPEG that carries further pictures.
    media_type = MEDIA_TYPES["JPEG" if opened.format == "MPO" else opened.format or ""]
    if _orientation(opened) in {5, 6, 7, 8}:
        width, height = height, width
    if not in_full:
        opened.draft(None, DECODED_SIZE)
    coding = _coding(opened, lossless)
    return Picture(
        image=upright_rgb(opened), media_type=media_type, width=width, height=height, coding=coding
    )


def _coding(opened: Image.Image, lossless: bool) -> Coding:
    if not isinstance(opened, JpegImagePlugin.JpegImageFile):
        return Coding(lossless=lossless)
    if opened.mode not in {"L", "RGB"}:
        return Coding()
    # A component is (its id, two sampling factors, the number of its table); blue and red differences share one.
    numbers = [component[3] for component in opened.layer[:2]]
    tables = tuple(tuple(opened.quantization.get(number, ())) for number in numbers)
    return Coding(
        grey=opened.mode == "L",
        tables=tables if all(map(_is_plain_table, tables)) else (),
        sampling=JpegImagePlugin.get_sampling(opened),
    )


def _is_plain_table(table: tuple[int, ...]) -> bool:
    """What every decoder reads."""
    return len(table) == 64 and min(table) > 0 and max(table) < 256


def _orientation(image: Image.Image) -> int:
    """Of its EXIF data: 1 is upright, above 4 width and height change places."""
    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Scale deeper grey pictures down; Pillow's own conversion would clip them to white."""
    if image.mode not in {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}:
        return image
    wide = image if image.mode in {"I", "F"} else image.convert("I")
    low, high = (float(value) for value in wide.getextrema())  # type: ignore[arg-type]
    if image.mode not in {"I", "F"} or 255 < high <= 65_535:
        scale, offset = 1 / 257, 0.0
    elif low >= 0 and high <= 1 and image.mode == "F":
        scale, offset = 255.0, 0.0
    elif low >= 0 and high <= 255:
        scale, offset = 1.0, 0.0
    else:
        scale = 255 / (high - low) if high > low else 0.0
        offset = -low * scale
    return wide.convert("F").point(lambda value: value * scale + offset).convert("L")


def _on_white(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        image = Image.new("RGB", layered.size, (255, 255, 255))
        image.paste(layered, mask=layered.getchannel("A"))
    elif image.mode not in {"RGB", "CMYK", "L", "LAB"}:
        image = image.convert("RGB")
    if profile:
        image = _in_srgb(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the file's own profile means them; a profile that is broken or of another kind is ignored."""
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return (text[0] if text else type(error).__name__)[:200]
