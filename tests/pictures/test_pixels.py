"""Odd pictures: each shown right or refused with a reason; nothing but pixels goes further."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from annotation_server.errors import UnreadableImage
from annotation_server.pictures.encoding import FLOOR, encoded, media_type_of
from annotation_server.pictures.pixels import SIZES, Picture, read_picture, shrunk
from tests.drawing import drawn

ORIENTATION = 0x0112
GPS = 0x8825
# How a camera that was held that way stores an upright scene.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def read(content: bytes, *, pixel_limit: int = 1_000_000) -> Picture:
    return read_picture(file=BytesIO(content), pixel_limit=pixel_limit)


def encoded_file(image: Image.Image, format: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def shown(content: bytes, *, size: str = "screen", pixel_limit: int = 1_000_000) -> bytes:
    """The rendition of the file."""
    picture = read(content, pixel_limit=pixel_limit)
    small = shrunk(picture.image, size=size)
    coding = picture.coding if small is picture.image else picture.coding.scaled()
    return encoded(small, coding=coding, size=size, at_most=len(content))


def photograph(width: int, height: int) -> Image.Image:
    """Soft shapes with some grain, as a camera's pictures have."""
    soft = [Image.effect_noise((width // 12 + 2, height // 12 + 2), 110) for _ in range(3)]
    large = Image.merge("RGB", soft).resize((width, height), Image.Resampling.BICUBIC)
    return Image.blend(large, Image.effect_noise((width, height), 60).convert("RGB"), 0.1)


def drawing(width: int, height: int) -> Image.Image:
    """Flat colours and sharp edges."""
    return drawn(9, width=12, height=9).resize((width, height), Image.Resampling.NEAREST)


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    return float(sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3)


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    assert one.size == other.size
    return max(high for _, high in ImageChops.difference(one, other).getextrema())  # type: ignore[misc]


@pytest.mark.parametrize("orientation", STORED)
def test_exif_orientation_is_applied(orientation: int) -> None:
    upright = drawn(1)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = read(encoded_file(upright.transpose(STORED[orientation]), "PNG", exif=exif))
    assert (picture.width, picture.height) == upright.size
    assert picture.image.tobytes() == upright.tobytes()


def test_a_large_jpeg_keeps_its_own_size_though_it_is_decoded_smaller() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = read(
        encoded_file(Image.new("RGB", (8000, 4000), "red"), "JPEG", exif=exif), pixel_limit=32_000_000
    )
    assert (picture.width, picture.height) == (4000, 8000)
    assert shrunk(picture.image, size="screen").size == (800, 1600)


def test_cmyk_has_its_colours() -> None:
    picture = read(encoded_file(drawn(2).convert("CMYK"), "JPEG", quality=100))
    assert largest_difference(picture.image, drawn(2)) < 24


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    deep = Image.frombytes("I;16", (256, 1), struct.pack("<256H", *(value * 257 for value in range(256))))
    picture = read(encoded_file(deep, "PNG"))
    assert picture.image.getchannel("R").tobytes() == bytes(range(256))


def test_transparency_is_on_white() -> None:
    half = Image.new("RGBA", (2, 1), (255, 0, 0, 255))
    half.putpixel((1, 0), (0, 0, 0, 0))
    expected = bytes([255, 0, 0, 255, 255, 255])
    assert read(encoded_file(half, "PNG")).image.tobytes() == expected
    assert read(encoded_file(half, "GIF")).image.tobytes() == expected


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_usual_mode_becomes_rgb(mode: str) -> None:
    image = Image.new("L", (4, 3), 255).convert(mode)
    assert read(encoded_file(image, "PNG")).image.tobytes() == b"\xff" * 36


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("lime", "red", "blue")]
    picture = read(encoded_file(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert picture.image.getpixel((0, 0)) == (0, 255, 0)


def test_colours_are_what_the_profile_means() -> None:
    other = ImageCms.createProfile("LAB")
    broken = read(encoded_file(drawn(3), "PNG", icc_profile=ImageCms.ImageCmsProfile(other).tobytes()))
    assert broken.image.tobytes() == drawn(3).tobytes()  # A profile of another colour space is ignored.
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert largest_difference(read(encoded_file(drawn(3), "PNG", icc_profile=srgb)).image, drawn(3)) <= 1


@pytest.mark.parametrize("size", ["screen", "thumbnail"])
def test_no_metadata_reaches_a_rendition(size: str) -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (48.0, 51.0, 24.0)}
    exif[0x010E] = "SECRET description"
    content = encoded_file(drawn(4), "JPEG", exif=exif, comment=b"SECRET comment")
    assert content.count(b"SECRET") == 2
    rendition = shown(content, size=size)
    assert b"SECRET" not in rendition
    with Image.open(BytesIO(rendition)) as served:
        assert (dict(served.getexif()), served.info.get("icc_profile")) == ({}, None)
        assert "comment" not in served.info


def test_what_is_appended_to_a_picture_stays_behind() -> None:
    content = encoded_file(drawn(5), "PNG") + b"<script>alert(1)</script>"
    assert b"script" not in shown(content)


def test_small_pictures_are_kept_to_the_pixel() -> None:
    with Image.open(BytesIO(shown(encoded_file(drawn(6), "PNG")))) as served:
        assert served.convert("RGB").tobytes() == drawn(6).tobytes()


@pytest.mark.parametrize("quality", [30, 60, 85])
def test_a_jpeg_in_its_own_size_is_shown_nearly_as_it_is(quality: int) -> None:
    """Coded with its own tables again, so that hardly anything is lost a second time."""
    image = photograph(450, 350)
    content = encoded_file(image, "JPEG", quality=quality)
    with Image.open(BytesIO(content)) as original, Image.open(BytesIO(shown(content))) as served:
        assert served.format == "JPEG"
        lost_before = mean_difference(image, original.convert("RGB"))
        assert mean_difference(original.convert("RGB"), served.convert("RGB")) < lost_before / 3


@pytest.mark.parametrize("side", [1, 40, 300, 520])
@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("JPEG", {"quality": 20}),
        ("JPEG", {"quality": 75}),
        ("JPEG", {"quality": 75, "progressive": True, "optimize": True}),
        ("JPEG", {"quality": 98, "subsampling": 0}),
        ("PNG", {}),
        ("PNG", {"optimize": True}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("WEBP", {"quality": 40}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 40, "speed": 10}),
    ],
)
def test_a_rendition_is_never_larger_than_its_original(
    format: str, options: dict[str, Any], side: int
) -> None:
    """Photographs, drawings and grey pictures; a file of one disk block is small enough."""
    wide = max(1, side * 3 // 4)
    for image in (photograph(side, wide), drawing(side, wide), photograph(side, wide).convert("L")):
        content = encoded_file(image, format, **options)
        for size in ("screen", "thumbnail"):
            rendition = shown(content, size=size)
            assert len(rendition) <= max(len(content), FLOOR)
            with Image.open(BytesIO(rendition)) as served:
                assert max(served.size) == min(side, SIZES[size])
                assert Image.MIME[served.format or ""] == media_type_of(rendition)


def test_a_shrunk_picture_is_not_larger_either() -> None:
    """Its own tables do not fit the new pixels, so it starts with the usual quality."""
    content = encoded_file(photograph(1700, 900), "JPEG", quality=15)
    assert len(shown(content, pixel_limit=4_000_000)) <= len(content)


def test_a_bomb_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    with pytest.raises(UnreadableImage, match=r"50000 × 50000 is 2,500,000,000 pixels"):
        read(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_truncated_picture_is_refused(format: str) -> None:
    content = encoded_file(drawn(7), format)
    with pytest.raises(UnreadableImage):
        read(content[: len(content) // 2])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><title>iguana</title>",
        b"%PDF-1.7 ...",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableImage, match="Not an image of a known format"):
        read(content)


def test_formats_off_the_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImage, match="Not an image of a known format"):
        read(encoded_file(drawn(8), "PPM"))
