"""Captioning over Ray on this machine: two actors, the same rows as in one process, from a folder and from elsewhere."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from captioner.bulk.block_files import UNFINISHED, remove_unfinished
from captioner.bulk.block_work import BlockWork
from captioner.bulk.bulk import caption_collection
from captioner.bulk.ray_driver import TRIES, BlockActor, gpus_each
from captioner.config import CaptionerConfig
from captioner.errors import DiskFull
from captioner.progress import silent
from tests.captioner.served import CuttingHandler, http, s3, samples, shards

__all__ = ["http", "s3", "samples", "shards"]


@pytest.mark.serial
@pytest.mark.timeout(400)
def test_two_actors_write_what_one_process_writes(
    trained: Path, scenes: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """In a process of its own: Ray's threads and the time it may take stay apart from the other tests."""
    caption_collection(
        checkpoint=trained,
        source=[str(scenes / "images")],
        output=tmp_path / "alone",
        cache=cache,
        with_alt_text=True,
        decode=quick.decode,
        block_size=10,
        progress=silent,
    )
    _caption_over_ray(trained, str(scenes / "images"), output=tmp_path / "ray", cache=cache)
    assert len(_blocks(tmp_path / "alone")) == 4
    assert _blocks(tmp_path / "ray") == _blocks(tmp_path / "alone")


@pytest.mark.serial
@pytest.mark.timeout(400)
def test_shards_behind_http_and_in_s3_are_captioned(
    trained: Path, http: str, s3: str, shards: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """The actors read them; a connection that is cut is gone on with."""
    CuttingHandler.cut_after = (shards / "part-000.tar").stat().st_size // 3
    sources = [f"{http}/part-{{000..001}}.tar", f"{s3}/*.tar"]
    _caption_over_ray(trained, *sources, output=tmp_path / "ray", cache=cache)
    caption_collection(
        checkpoint=trained,
        source=[str(shards / "*.tar")],
        output=tmp_path / "alone",
        cache=cache,
        with_alt_text=True,
        decode=quick.decode,
        progress=silent,
    )
    alone = _blocks(tmp_path / "alone")
    assert [len(block) for block in alone] == [3, 3]
    assert _blocks(tmp_path / "ray") == [*alone, *alone]


@pytest.mark.parametrize(("gpus", "each"), [(0, 0), (1, 1 / 4), (2, 1 / 2), (3, 1 / 2), (4, 1), (8, 1)])
def test_four_actors_find_room_on_the_gpus_there_are(gpus: int, each: float) -> None:
    assert gpus_each(actors=4, gpus=gpus) == each


def test_a_block_over_which_actors_die_is_given_up(
    trained: Path, scenes: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """Each leaves a mark that a new call takes away."""
    work = BlockWork(
        checkpoint=trained,
        output=tmp_path,
        kind="parquet",
        cache=cache,
        with_alt_text=True,
        decode=quick.decode,
    )
    actor = BlockActor(work=work, folder=Path.cwd())
    row = {"number": 7, "kind": "folder", "addresses": [str(next((scenes / "images").iterdir()))]}
    (tmp_path / f"7.tries{UNFINISHED}").write_bytes(b"x" * TRIES)
    assert "died 4 times over one block" in actor(row)["refusal"]
    remove_unfinished(tmp_path)
    assert actor(row) == {"number": 7, "refusal": ""}
    assert [len(block) for block in _blocks(tmp_path)] == [1]
    assert not list(tmp_path.glob(f"*{UNFINISHED}"))


def test_a_refusal_comes_from_another_process_with_its_reason() -> None:
    refusal = DiskFull(Path("captions"))
    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)  # noqa: S301 — our own


def _caption_over_ray(checkpoint: Path, *source: str, output: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "captioner", "caption", str(checkpoint), *source, "--json",
               "--out", str(output), "--cache", str(cache), "--block-size", "10", "--ray-actors", "2"]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=360, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def _blocks(output: Path) -> list[list[dict[str, Any]]]:
    return [pq.read_table(file).to_pylist() for file in sorted(output.glob("*.parquet"))]
