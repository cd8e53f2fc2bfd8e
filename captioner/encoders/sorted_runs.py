"""An index of keys that only grow in number: sorted runs of their first halves, merged in levels.

`keys.bin` holds 16 bytes a row. A run is a file `START-STOP.run`: the first halves of these rows' keys in order (8 bytes
each), then which row each is of (4 bytes, counted from START). Runs follow from the keys alone: one that is missing, torn or
of rows that are gone is made again. The newest rows have no run yet and are known by a dict. What a run finds is compared
with the whole key, so a stale run can miss but not mislead.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from captioner.storage import locked, published_path

KEY_BYTES: Final = 16
RUN_BYTES: Final = 12
# Rows that wait for a run; runs of one size that become one of the next.
WAITING: Final = 16_384
FANOUT: Final = 8

NOT_OURS: Final = (errno.EACCES, errno.EPERM, errno.EROFS)

Halves = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint32]


@dataclass(frozen=True, kw_only=True)
class Run:
    """The keys of rows `start` to `stop` in order."""

    start: int
    stop: int
    halves: Halves
    rows: Rows

    @property
    def level(self) -> int:
        """How many times it was merged: each level holds FANOUT times as many rows."""
        level, size = 0, self.stop - self.start
        while size >= WAITING * FANOUT ** (level + 1):
            level += 1
        return level


class SortedRuns:
    """The index of the keys in `folder`; `follow` makes it know the first `count` of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs: list[Run] = []
        self._waiting: dict[bytes, int] = {}
        self._keys: Halves = np.empty((0, 2), dtype=np.uint64)
        self._count = 0

    def follow(self, count: int) -> None:
        """Sees rows that were added, and that were lost."""
        if count < self._count or count - self._covered >= WAITING:
            self._reload(count)
            if count - self._covered >= WAITING:
                self._make_runs(count)
        self._read_waiting(count)

    def find(self, keys: Sequence[bytes]) -> list[int | None]:
        """The row of each key, None where there is none."""
        if not keys:
            return []
        found = [self._waiting.get(key) for key in keys]
        wanted = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, 2)
        for run in self._runs:
            places = np.searchsorted(run.halves, wanted[:, 0])
            near = run.halves[np.minimum(places, len(run.halves) - 1)]
            for number in np.flatnonzero(near == wanted[:, 0]):
                if found[number] is None:
                    found[number] = self._exact(run, int(places[number]), wanted[number])
        return found

    def forget_lost(self, count: int) -> None:
        """Before rows come in the place of some that are gone: a run of those would pass for one of these."""
        for file in self._folder.glob("*.run"):
            if _bounds(file)[1] > count:
                file.unlink(missing_ok=True)

    @property
    def _covered(self) -> int:
        return self._runs[-1].stop if self._runs else 0

    def _exact(self, run: Run, place: int, key: Halves) -> int | None:
        """The row of the whole key among those that share its first half."""
        while place < len(run.halves) and run.halves[place] == key[0]:
            row = run.start + int(run.rows[place])
            if (self._keys[row] == key).all():
                return row
            place += 1
        return None

    def _reload(self, count: int) -> None:
        """The runs that are there, and no longer those of rows that are gone."""
        self._runs, self._waiting = self._read_runs(count), {}
        self._look_at_keys(count)

    def _look_at_keys(self, count: int) -> None:
        self._count = self._covered
        if self._runs:
            keys = np.memmap(self._folder / "keys.bin", dtype=np.uint64, mode="r", shape=(count, 2))
            self._keys = np.asarray(keys)

    def _read_runs(self, count: int) -> list[Run]:
        """A chain of the longest runs from the first row on. One that another process has just merged is looked for again."""
        while True:
            try:
                runs: list[Run] = []
                while run := self._next_run(runs[-1].stop if runs else 0, count):
                    runs.append(run)
                return runs
            except FileNotFoundError:
                continue

    def _next_run(self, start: int, count: int) -> Run | None:
        files = {file: _bounds(file) for file in self._folder.glob("*.run")}
        whole = [
            (stop, file)
            for file, (first, stop) in files.items()
            if first == start < stop <= count and file.stat().st_size == (stop - first) * RUN_BYTES
        ]
        if not whole:
            return None
        stop, file = max(whole)
        size = stop - start
        content = np.memmap(file, dtype=np.uint8, mode="r")
        halves = np.asarray(content[: size * 8]).view(np.uint64)
        return Run(
            start=start, stop=stop, halves=halves, rows=np.asarray(content[size * 8 :]).view(np.uint32)
        )

    def _make_runs(self, count: int) -> None:
        """A run of all rows that have none, and one of several of a size. Where none may be written it is held in memory."""
        try:
            with locked(self._folder / "index.lock"):
                self._reload(count)
                if count - self._covered >= WAITING:
                    self._runs.append(self._write(self._sorted(self._covered, count)))
                    self._merge()
                    self._remove_others()
                    self._reload(count)
        except OSError as error:
            if error.errno not in NOT_OURS:
                raise
            self._runs.append(self._sorted(self._covered, count))
            self._look_at_keys(count)

    def _sorted(self, start: int, stop: int) -> Run:
        keys = np.fromfile(
            self._folder / "keys.bin", dtype=np.uint64, count=(stop - start) * 2, offset=start * KEY_BYTES
        )
        halves = keys[::2]
        order = np.argsort(halves)
        return Run(start=start, stop=stop, halves=halves[order], rows=order.astype(np.uint32))

    def _merge(self) -> None:
        """The last FANOUT or more runs of one level, or of smaller ones, become one; and so on upwards."""
        while True:
            group: list[Run] = []
            for run in reversed(self._runs):
                if run.level > self._runs[-1].level:
                    break
                group.insert(0, run)
            if len(group) < FANOUT:
                return
            halves = np.concatenate([run.halves for run in group])
            rows = np.concatenate([run.rows + np.uint32(run.start - group[0].start) for run in group])
            # Of parts that are in order the stable sort makes one merge.
            order = np.argsort(halves, kind="stable")
            merged = Run(start=group[0].start, stop=group[-1].stop, halves=halves[order], rows=rows[order])
            self._runs = [*self._runs[: -len(group)], self._write(merged)]

    def _write(self, run: Run) -> Run:
        with (
            published_path(self._folder / f"{run.start}-{run.stop}.run") as unfinished,
            unfinished.open("wb") as file,
        ):
            run.halves.tofile(file)
            run.rows.tofile(file)
        return run

    def _remove_others(self) -> None:
        """Runs that were merged, are torn or are of rows that are gone. Who has one open keeps it until then."""
        kept = {(run.start, run.stop) for run in self._runs}
        for file in self._folder.glob("*.run"):
            if _bounds(file) not in kept:
                file.unlink(missing_ok=True)

    def _read_waiting(self, count: int) -> None:
        if count == self._count:
            return
        with (self._folder / "keys.bin").open("rb") as file:
            file.seek(self._count * KEY_BYTES)
            content = file.read((count - self._count) * KEY_BYTES)
        for number in range(count - self._count):
            self._waiting.setdefault(
                content[number * KEY_BYTES : (number + 1) * KEY_BYTES], self._count + number
            )
        self._count = count


def _bounds(file: Path) -> tuple[int, int]:
    """The rows that a run's name tells; (0, 0) if it is no run's name."""
    first, _, stop = file.stem.partition("-")
    return (int(first), int(stop)) if first.isdecimal() and stop.isdecimal() else (0, 0)
