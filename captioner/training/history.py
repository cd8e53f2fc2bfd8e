"""The history of a training: one JSON line a logged step, and the same numbers for TensorBoard."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class History:
    """Writes `history.jsonl` and `tensorboard/` below a folder; on resuming, lines past `from_step` are dropped."""

    def __init__(self, *, folder: Path, from_step: int) -> None:
        from torch.utils.tensorboard.writer import SummaryWriter

        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "history.jsonl"
        kept = [line for line in read_history(folder) if line["step"] <= from_step]
        self._path.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        self._stream = self._path.open("a", encoding="utf-8")
        self._board = SummaryWriter(str(folder / "tensorboard"), purge_step=from_step + 1)

    def add(self, *, step: int, **values: float) -> None:
        line: dict[str, Any] = {"step": step, **values}
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()
        for name, value in values.items():
            self._board.add_scalar(name, value, step)

    def add_bad_step(self, *, step: int, bad_steps: int, rows: Sequence[str]) -> None:
        """A step that was skipped, the number so far, and the rows to blame."""
        line = {"step": step, "bad_steps": bad_steps, "bad_rows": list(rows)}
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()
        self._board.add_scalar("bad_steps", bad_steps, step)

    def close(self) -> None:
        self._stream.close()
        self._board.close()


def read_history(folder: Path) -> list[dict[str, Any]]:
    """The lines written so far; a torn last line is left out."""
    path = folder / "history.jsonl"
    if not path.exists():
        return []
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            break
    return lines
