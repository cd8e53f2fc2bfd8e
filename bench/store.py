"""The keyed store of embeddings at many keys: opening it, adding 64 images, finding 32; the old way beside the present one.

    .venv/bin/python -m bench.store [--json] [--keys 22000000] [--old-keys 2000000]

Vectors are one number wide: what is measured is the search. The old way, all keys in memory and sorted again with each
addition, is kept here and runs at `--old-keys`, since it takes seconds a call at 22 million; the present one runs at both
sizes. Times are medians of calls, by the clock and of the processor (the fairer one on a busy machine), with random keys,
three quarters of them known; of 1 in 256 additions a run is written.
"""

import argparse
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from captioner.encoders.embeddings import EmbeddingStore
from captioner.encoders.sorted_runs import KEY_BYTES
from captioner.storage import locked

ADDED, FOUND = 64, 32


class Store(Protocol):
    """What both ways can do."""

    def find(self, keys: Sequence[bytes]) -> list[int | None]: ...

    def add(self, keys: Sequence[bytes], embedding_NE: Tensor) -> None: ...


class OldStore:
    """All keys in memory, sorted again each time some are added."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._refresh()

    def _refresh(self) -> None:
        self._keys = np.fromfile(self._folder / "keys.bin", dtype=np.uint64).reshape(-1, 2)
        self._order = np.argsort(self._keys[:, 0], kind="stable")

    def find(self, keys: Sequence[bytes]) -> list[int | None]:
        wanted = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, 2)
        ordered = self._keys[self._order, 0]
        found: list[int | None] = []
        for place, key in zip(np.searchsorted(ordered, wanted[:, 0]).tolist(), wanted, strict=True):
            hit = place < len(ordered) and bool((self._keys[self._order[place]] == key).all())
            found.append(int(self._order[place]) if hit else None)
        return found

    def add(self, keys: Sequence[bytes], embedding_NE: Tensor) -> None:
        with locked(self._folder / "lock"):
            self._refresh()
            fresh = [number for number, row in enumerate(self.find(keys)) if row is None]
            with (self._folder / "vectors.f16").open("ab") as file:
                file.write(embedding_NE[fresh].to(torch.float16).numpy().tobytes())
            with (self._folder / "keys.bin").open("ab") as file:
                file.write(b"".join(keys[number] for number in fresh))
        self._refresh()


def fill(folder: Path, *, keys: int) -> None:
    """A store of random keys, as it is before anybody has searched it."""
    rng = np.random.default_rng(0)
    folder.mkdir(parents=True)
    with (folder / "keys.bin").open("wb") as file:
        for start in range(0, keys, 1_000_000):
            file.write(rng.bytes(min(1_000_000, keys - start) * KEY_BYTES))
    with (folder / "vectors.f16").open("wb") as file:
        file.truncate(keys * 2)


def measure(folder: Path, *, open_store: Callable[[], Store], calls: int) -> dict[str, float]:
    """Medians of `calls` calls, and the slowest addition, in milliseconds."""
    known = np.memmap(folder / "keys.bin", dtype=f"S{KEY_BYTES}", mode="r")
    rng = np.random.default_rng(1)

    def drawn(count: int) -> list[bytes]:
        rows = rng.integers(0, len(known), count * 3 // 4)
        return [bytes(known[row]).ljust(KEY_BYTES, b"\0") for row in rows] + [
            rng.bytes(KEY_BYTES) for _ in range(count - len(rows))
        ]

    found: dict[str, list[tuple[float, float]]] = {"open": [], "find_32": [], "add_64": []}
    with timed(found["open"]):
        store = open_store()
    for _ in range(calls):
        wanted = drawn(FOUND)
        with timed(found["find_32"]):
            rows = store.find(wanted)
        assert sum(row is not None for row in rows) == FOUND * 3 // 4
        new = [rng.bytes(KEY_BYTES) for _ in range(ADDED)]
        with timed(found["add_64"]):
            store.add(new, torch.zeros(ADDED, 1))
        assert None not in store.find(new)
    return {
        f"{name}_{kind}_ms": round(statistics.median(times) * 1000, 2)
        for name, both in found.items()
        for kind, times in zip(("clock", "cpu"), zip(*both, strict=True), strict=True)
    } | {"add_64_worst_ms": round(max(clock for clock, _ in found["add_64"]) * 1000, 1)}


@contextmanager
def timed(times: list[tuple[float, float]]) -> Iterator[None]:
    clock, processor = time.perf_counter(), time.process_time()
    yield
    times.append((time.perf_counter() - clock, time.process_time() - processor))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the line of JSON alone")
    parser.add_argument("--keys", type=int, default=22_000_000)
    parser.add_argument("--old-keys", type=int, default=2_000_000)
    options = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="store-") as name:
        for side, keys, calls in (
            ("old", options.old_keys, 8),
            ("now", options.old_keys, 512),
            ("now_all", options.keys, 512),
        ):
            folder = Path(name) / side
            fill(folder, keys=keys)
            began = time.perf_counter()
            if side != "old":
                EmbeddingStore(folder=folder, width=1)  # Writes the first run.
            indexed = time.perf_counter() - began
            how: Callable[[], Store] = (
                (lambda folder=folder: OldStore(folder))  # type: ignore[misc]
                if side == "old"
                else (lambda folder=folder: EmbeddingStore(folder=folder, width=1))  # type: ignore[misc]
            )
            figures[side] = {"keys": keys, "indexed_s": round(indexed, 1)}
            figures[side] |= measure(folder, open_store=how, calls=calls)
            shutil.rmtree(folder)
            if not options.json:
                print(side, *(f"{name} {value:,}" for name, value in figures[side].items()), sep="  ")
    ratio = {
        name: round(figures["old"][f"{name}_cpu_ms"] / max(figures["now"][f"{name}_cpu_ms"], 0.01), 1)
        for name in ("open", "add_64", "find_32")
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    if not options.json:
        print(
            f"processor time of the old way, at {options.old_keys:,} keys, by that of the present one:",
            *(f"{n} {r}×" for n, r in ratio.items()),
            file=sys.stdout,
        )
    print(json.dumps({**figures, "ratio": ratio, "peak_gib": round(peak, 2)}))


if __name__ == "__main__":
    main()
