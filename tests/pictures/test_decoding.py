"""Whatever a picture does to its decoder, the next one is decoded."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from annotation_server.errors import ServiceUnavailable, UnreadableImage
from annotation_server.pictures.decoding import Decoded, DecoderPool
from tests.drawing import write_picture

Pool = Callable[..., DecoderPool]


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """pool(...) is an open pool of one process."""
    opened: list[DecoderPool] = []

    def make(**limits: Any) -> DecoderPool:
        wanted = {"pixel_limit": 200_000_000, "processes": 1, **limits}
        opened.append(DecoderPool(staging=tmp_path / "staging", **wanted).__enter__())
        return opened[-1]

    yield make
    for one in opened:
        one.__exit__(None, None, None)
    assert list((tmp_path / "staging").iterdir()) == []


def decode(pool: DecoderPool, picture: Path | bytes) -> Decoded:
    [decoding] = pool.submit([picture])
    return decoding.result()


def running(pool: DecoderPool) -> int:
    [process] = pool._running
    return process.pid


def test_a_decoder_knows_no_secret_of_the_server(pool: Pool, tmp_path: Path) -> None:
    opened = pool()
    decode(opened, write_picture(tmp_path / "iguana.png", 1, width=96, height=64))
    told = Path(f"/proc/{running(opened)}/environ").read_text().split("\0")
    names = {one.partition("=")[0] for one in told if one}
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} <= os.environ.keys()
    assert "PATH" in names
    assert not names & {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"}


def test_a_picture_comes_with_its_files(pool: Pool, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "iguana.png", 1, width=96, height=64)
    decoded = decode(pool(), path)
    assert (decoded.width, decoded.height, decoded.media_type) == (96, 64, "image/png")
    assert decoded.byte_count == path.stat().st_size
    assert decoded.staged.with_suffix(".original").read_bytes() == path.read_bytes()
    with Image.open(decoded.staged.with_suffix(".screen")) as screen:
        assert (screen.format, screen.size) == ("WEBP", (96, 64))


def test_bytes_are_decoded_like_files(pool: Pool, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "iguana.png", 1)
    from_file, from_bytes = (decode(pool(), picture) for picture in (path, path.read_bytes()))
    assert (from_file.sha256, from_file.colour_grid) == (from_bytes.sha256, from_bytes.colour_grid)


def test_too_much_memory_is_a_refusal(pool: Pool, tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    Image.new("RGBA", (12_000, 12_000)).save(huge, compress_level=1)
    small = write_picture(tmp_path / "small.png", 2)
    bounded = pool(memory_limit=700 * 1024 * 1024)
    with pytest.raises(UnreadableImage, match="more memory than an import may use"):
        decode(bounded, huge)
    assert decode(bounded, small).width == 96


def test_too_much_time_is_a_refusal(pool: Pool, tmp_path: Path) -> None:
    hasty = pool(seconds_limit=0.0)
    with pytest.raises(UnreadableImage, match="longer than 0 seconds"):
        decode(hasty, write_picture(tmp_path / "iguana.png", 1))


def test_a_crash_is_a_refusal_of_that_picture_alone(pool: Pool, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "iguana.png", 1)
    endless = tmp_path / "endless.png"
    os.mkfifo(endless)
    one = pool()
    decode(one, path)
    pid = running(one)
    guilty, *others = one.submit([endless, path, path])
    with endless.open("wb"):  # which waits for its reader
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(UnreadableImage, match="crashed its decoder"):
        guilty.result()
    assert [other.result().width for other in others] == [96, 96]
    assert running(one) != pid


def test_a_decoder_that_ended_between_two_pictures_is_replaced_and_its_pipes_closed(
    pool: Pool, tmp_path: Path
) -> None:
    path = write_picture(tmp_path / "iguana.png", 1)
    one = pool()
    decode(one, path)
    [ended] = one._running
    os.kill(ended.pid, signal.SIGKILL)
    ended._process.wait()
    assert decode(one, path).width == 96
    assert [pipe.closed for pipe in (ended._process.stdin, ended._process.stdout) if pipe] == [True, True]


def test_what_a_killed_import_left_goes_after_a_day(pool: Pool, tmp_path: Path) -> None:
    old, fresh = tmp_path / "staging/import-old", tmp_path / "staging/import-fresh"
    for folder in (old, fresh):
        folder.mkdir(parents=True)
    (old / "x.original").write_text("x")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    pool()
    assert (old.exists(), fresh.exists()) == (False, True)
    fresh.rmdir()


def test_a_decoder_that_cannot_start_is_not_the_pictures_fault(pool: Pool, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "iguana.png", 1)
    with pytest.raises(ServiceUnavailable, match="The picture decoder does not start"):
        decode(pool(pixel_limit="many"), path)


def test_it_works_from_any_folder(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_picture(tmp_path / "iguana.png", 1)
    monkeypatch.chdir(tmp_path)
    assert decode(pool(), Path("iguana.png")).width == 96
