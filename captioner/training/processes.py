"""One training over several processes of this machine, one for each GPU: torchrun starts them, this process watches.

What `progress` raises ends all of them. They end by themselves when this process dies: their standard input is then closed.
"""

import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from dataclasses import fields as fields_of
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

from captioner.config import CaptionerConfig, from_json, to_json
from captioner.errors import CaptionerError, ProcessDied
from captioner.progress import Progress
from captioner.training.train import TrainReport

LOOK_EVERY_SECONDS: Final = 0.5
STOP_SECONDS: Final = 20.0
PACKAGE: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class TrainOrder:
    """What `train` is called with, in each process."""

    config: CaptionerConfig
    manifest: Path
    eval_manifest: Path | None
    output: Path
    cache: Path
    start_from: Path | None
    origin: str


def train_over_processes(*, order: TrainOrder, processes: int, progress: Progress) -> TrainReport:
    """As `train` with `overwrite`. Raises CaptionerError with the reason of the process that failed first, or ProcessDied."""
    with TemporaryDirectory(prefix="training-") as folder:
        written = Path(folder) / "order.json"
        written.write_text(_as_json(order), encoding="utf-8")
        launcher = subprocess.Popen(
            [
                *(sys.executable, "-m", "torch.distributed.run", "--standalone"),
                *("--nproc_per_node", str(processes), "-m", "captioner.training.rank", str(written)),
            ],
            cwd=PACKAGE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lines: queue.Queue[str | None] = queue.Queue()
        reader = threading.Thread(target=_read, args=(launcher.stdout, lines), daemon=True)
        reader.start()
        try:
            _watch(launcher, lines=lines, progress=progress)
        finally:
            _stop(launcher)
            reader.join(STOP_SECONDS)
    fields = json.loads((order.output / "report.json").read_text(encoding="utf-8"))
    known = {field.name for field in fields_of(TrainReport)}
    return TrainReport(**{name: value for name, value in fields.items() if name in known})


def _as_json(order: TrainOrder) -> str:
    """Paths are absolute: the processes run in another folder."""
    fields = {
        name: str(value.resolve()) if isinstance(value, Path) else value
        for name, value in vars(order).items()
        if name != "config"
    }
    return json.dumps({**fields, "config": json.loads(to_json(order.config))})


def read_order(path: Path) -> dict[str, Any]:
    """The keyword arguments of `train`."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    config = from_json(json.dumps(fields.pop("config")))
    paths = ("manifest", "eval_manifest", "output", "cache", "start_from")
    return {
        **{name: None if fields[name] is None else Path(fields[name]) for name in paths},
        "origin": fields["origin"],
        "config": config,
        "overwrite": True,
    }


@dataclass(kw_only=True)
class _Heard:
    """What the processes have said so far."""

    done: int = 0
    total: int = 0
    message: str = "starting"
    refused: str = ""
    broken: str = ""

    def take(self, line: str) -> None:
        """Other people's code writes to the standard output too; what is not ours is left alone."""
        try:
            said = json.loads(line)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        if "message" in said:
            self.done, self.total, self.message = said["done"], said["total"], said["message"]
        self.refused = self.refused or said.get("refused", "")
        self.broken = self.broken or said.get("broken", "")


def _watch(
    launcher: "subprocess.Popen[str]", *, lines: "queue.Queue[str | None]", progress: Progress
) -> None:
    heard = _Heard()
    over = False
    while not over:
        try:
            line = lines.get(timeout=LOOK_EVERY_SECONDS)
            over = line is None
            if line is not None:
                heard.take(line)
        except queue.Empty:
            pass  # Said again, so that a job that was cancelled ends.
        progress(done=heard.done, total=heard.total, message=heard.message)
    if launcher.wait() == 0:
        return
    if heard.refused:
        raise CaptionerError(heard.refused)
    raise ProcessDied(heard.broken)


def _read(stream: IO[str] | None, lines: "queue.Queue[str | None]") -> None:
    """The end of the stream is the end of all processes that write to it."""
    if stream is not None:
        with stream:
            for line in stream:
                lines.put(line)
    lines.put(None)


def _stop(launcher: "subprocess.Popen[str]") -> None:
    """Closing their standard input ends the processes, whatever they wait for; the launcher ends after them."""
    if launcher.stdin is not None:
        launcher.stdin.close()
    launcher.terminate()
    try:
        launcher.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        launcher.kill()
        launcher.wait()
