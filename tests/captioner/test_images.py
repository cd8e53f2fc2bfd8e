"""Images are read as a person sees them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from captioner.errors import UnreadableImage
from captioner.samples.images import load_image


def test_an_image_is_turned_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 20), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert load_image(path=tmp_path / "turned.jpg").size == (20, 40)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert load_image(path=tmp_path / "clear.png").getpixel((0, 0)) == (255, 255, 255)


def test_sixteen_bits_are_scaled_and_not_clipped(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 32768, 65535]], dtype=np.uint16)).save(tmp_path / "deep.png")
    pixels = load_image(path=tmp_path / "deep.png")
    assert [pixels.getpixel((x, 0)) for x in range(3)] == [(0, 0, 0), (127, 127, 127), (255, 255, 255)]


def test_a_face_is_blurred_and_the_rest_is_not(tmp_path: Path) -> None:
    pattern = np.indices((60, 60)).sum(axis=0) % 2 * 255
    Image.fromarray(pattern.astype(np.uint8)).convert("RGB").save(tmp_path / "face.png")
    plain = np.asarray(load_image(path=tmp_path / "face.png"))
    blurred = np.asarray(
        load_image(path=tmp_path / "face.png", face_boxes=((10, 10, 40, 40), (90, 90, 99, 99)))
    )
    assert plain[12:38, 12:38].std() > 100
    assert blurred[15:35, 15:35].std() < 10
    assert (blurred[45:] == plain[45:]).all()


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_image_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.png").write_bytes(content)
    with pytest.raises(UnreadableImage, match="cannot be read"):
        load_image(path=tmp_path / "bad.png")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImage, match="there is no such file"):
        load_image(path=tmp_path / "gone.png")
