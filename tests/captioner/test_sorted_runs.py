"""The store's index: runs that are merged, made again when they are torn or gone, and safe between processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from captioner.encoders.embeddings import EmbeddingStore
from captioner.encoders.sorted_runs import FANOUT, KEY_BYTES, WAITING

ROOT = Path(__file__).resolve().parents[2]
# Adds the keys FIRST to LAST, 16 at a time, each with its number as its vector, and says so after each lot.
ADDING = """
import sys, torch
from pathlib import Path
from captioner.encoders.embeddings import EmbeddingStore
from tests.captioner.test_sorted_runs import keys_of
store = EmbeddingStore(folder=Path(sys.argv[1]), width=1)
for start in range(int(sys.argv[2]), int(sys.argv[3]), 16):
    store.add(keys_of(start, start + 16), torch.arange(start, start + 16.0)[:, None] % 1000)
    print(start, flush=True)
"""


def keys_of(start: int, stop: int) -> list[bytes]:
    """Keys as hashes are: of any number, in no order."""
    content = np.random.default_rng(0).bytes(stop * KEY_BYTES)
    return [content[number * KEY_BYTES : (number + 1) * KEY_BYTES] for number in range(start, stop)]


def _filled(folder: Path, count: int) -> list[bytes]:
    """A store of `count` rows that came in lots of a run each."""
    keys = keys_of(0, count)
    store = EmbeddingStore(folder=folder, width=1)
    for start in range(0, count, WAITING):
        lot = keys[start : start + WAITING]
        store.add(lot, (torch.arange(start, start + len(lot)) % 1000)[:, None].float())
    assert len(store) == count
    return keys


def _runs(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.run"))


def _holds(folder: Path, keys: list[bytes]) -> None:
    """Each key has the vector that was added with it, and another key has none."""
    store = EmbeddingStore(folder=folder, width=1)
    places = store.find(keys)
    assert None not in places
    vectors = store.read([place for place in places if place is not None])[:, 0]
    assert torch.equal(vectors, (torch.arange(len(keys)) % 1000).float())
    assert store.find([b"\0" * KEY_BYTES, b"\xff" * KEY_BYTES]) == [None, None]


def test_runs_of_one_size_become_one(tmp_path: Path) -> None:
    keys = _filled(tmp_path, WAITING * (FANOUT + 1) + 5)
    assert _runs(tmp_path) == [
        f"0-{WAITING * FANOUT}.run",
        f"{WAITING * FANOUT}-{WAITING * (FANOUT + 1)}.run",
    ]
    _holds(tmp_path, keys)


@pytest.mark.parametrize("harm", ["torn", "gone", "stray"])
def test_a_run_that_is_torn_or_gone_is_made_again(tmp_path: Path, harm: str) -> None:
    keys = _filled(tmp_path, WAITING * 3)
    middle = tmp_path / f"{WAITING}-{WAITING * 2}.run"
    if harm == "torn":
        os.truncate(middle, 1000)
    elif harm == "gone":
        middle.unlink()
    else:
        (tmp_path / "notes.run").write_bytes(b"x")
    _holds(tmp_path, keys)


@pytest.mark.parametrize("file", ["keys.bin", "vectors.f16"])
def test_what_a_shortened_file_has_lost_is_missing_and_can_be_added_again(tmp_path: Path, file: str) -> None:
    """The rows that follow are not taken for those that were there before."""
    keys = _filled(tmp_path, WAITING * 2)
    os.truncate(tmp_path / file, 100 * (KEY_BYTES if file == "keys.bin" else 2) + 1)
    store = EmbeddingStore(folder=tmp_path, width=1)
    assert len(store) == 100
    assert store.find(keys[98:102]) == [98, 99, None, None]
    store.add(keys[::-1], (torch.arange(len(keys)).flip(0) % 1000)[:, None].float())
    assert len(store) == len(keys)
    _holds(tmp_path, keys)


def test_a_run_of_rows_that_are_gone_finds_no_other_s_vector(tmp_path: Path) -> None:
    """A reader that saw the rows before has the run open still."""
    keys = _filled(tmp_path, WAITING)
    reader = EmbeddingStore(folder=tmp_path, width=1)
    for name in ("keys.bin", "vectors.f16"):
        os.truncate(tmp_path / name, 0)
    EmbeddingStore(folder=tmp_path, width=1).add([b"another key here"], torch.tensor([[7.0]]))
    reader.refresh()
    assert reader.find([keys[0], b"another key here"]) == [None, 0]


def test_a_key_that_is_given_twice_at_once_is_one_row(tmp_path: Path) -> None:
    store = EmbeddingStore(folder=tmp_path, width=1)
    store.add([b"k" * KEY_BYTES] * 2, torch.tensor([[1.0], [2.0]]))
    assert len(store) == 1
    assert store.read([0]).tolist() == [[1.0]]


def _adding(folder: Path, first: int, last: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, str(folder), str(first), str(last)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_that_add_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    """They cross the size at which a run is made, and want the same keys in the middle; one more is killed at its work."""
    before = WAITING - 800
    keys = keys_of(0, WAITING + 800)
    EmbeddingStore(folder=tmp_path, width=1).add(
        keys[:before], (torch.arange(before) % 1000)[:, None].float()
    )
    with (
        _adding(tmp_path, before, WAITING + 400) as one,
        _adding(tmp_path, WAITING - 400, WAITING + 800) as other,
        _adding(tmp_path, before, WAITING + 800) as killed,
    ):
        assert killed.stdout is not None
        killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        one.communicate()
        other.communicate()
    assert (one.returncode, other.returncode, killed.returncode) == (0, 0, -signal.SIGKILL)
    assert len(EmbeddingStore(folder=tmp_path, width=1)) == len(keys)
    _holds(tmp_path, keys)
