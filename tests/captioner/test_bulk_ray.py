"""Captioning over Ray on this machine: two actors, the same rows as in one process."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from captioner.bulk import caption_collection
from captioner.config import CaptionerConfig
from captioner.progress import silent


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
    command = [sys.executable, "-m", "captioner", "caption", str(trained), str(scenes / "images"), "--json",
               "--out", str(tmp_path / "ray"), "--cache", str(cache), "--block-size", "10", "--ray-actors", "2"]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "RAY_USAGE_STATS_ENABLED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=360, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    alone, ray = (
        [pq.read_table(file).to_pylist() for file in sorted((tmp_path / name).glob("*.parquet"))]
        for name in ("alone", "ray")
    )
    assert len(alone) == 4
    assert ray == alone
