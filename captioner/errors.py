"""Expected refusals of the captioner: each has a plain one-sentence reason that says what to do."""

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# As many rows as one line names.
NAMED_ROWS: Final = 8


class CaptionerError(Exception):
    """What goes wrong for a reason that a person can understand; `str(error)` is that reason."""

    exit_code: int = 1
    # Another process prints the same line.
    told_elsewhere: bool = False

    def __reduce__(self) -> tuple[type[Exception], tuple[str]]:
        """From a process to another it goes as its reason alone, whatever it was made from."""
        return CaptionerError, (str(self),)


class NothingToDo(CaptionerError):
    """There are no rows to work on."""


class FolderNotEmpty(CaptionerError):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"The folder {folder} is not empty; name another one or empty it.")


class BadManifest(CaptionerError):
    """A manifest row is not what it should be."""


class ShardCut(BadManifest):
    """A shard or Parquet file ends before its end; what came before is sound."""

    def __init__(self, *, address: str, used: int, reason: str) -> None:
        super().__init__(
            f"{address} is cut off or damaged ({reason.rstrip('.')}): its first {used:,} samples are used, the rest is left "
            "out; fetch it again to have all of it."
        )


class UnreadableImage(CaptionerError):
    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(f"The image {path} cannot be read: {reason}.")


class UnknownPreset(CaptionerError):
    def __init__(self, *, name: str, known: list[str]) -> None:
        super().__init__(f"There is no preset {name!r}; known are {', '.join(known)}.")


class BadConfig(CaptionerError):
    """A setting has a value that cannot work."""


class ConfigMismatch(CaptionerError):
    """A folder holds a run of other settings or other data than those given."""


class OtherVersion(CaptionerError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds a training that another version of the captioner left there, which this one cannot go on "
            "with; name another folder, or overwrite it (--overwrite)."
        )


class NotACheckpoint(CaptionerError):
    """A folder holds no checkpoint that this version can load."""


class PickleRefused(CaptionerError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is a pickle, which can run code when opened; only safetensors files are loaded."
        )


class WeightsUnavailable(CaptionerError):
    """Pretrained weights are not on this machine, or not such as can be used."""


class FetchFailed(CaptionerError):
    """Weights could not be fetched or converted."""


class LossNotFinite(CaptionerError):
    def __init__(self, *, step: int, in_a_row: int, rows: Sequence[str]) -> None:
        more = (
            f" and {len(rows) - NAMED_ROWS} more (history.jsonl names them)" if len(rows) > NAMED_ROWS else ""
        )
        super().__init__(
            f"Training ended at step {step}: {in_a_row} steps in a row had a loss or gradient that is not a finite number, "
            f"the last with the rows {', '.join(rows[:NAMED_ROWS])}{more}. Look at these rows; if they are ordinary, lower "
            "training.learning_rate."
        )


class StoppedBySignal(CaptionerError):
    """Somebody ended the training, which can be resumed."""

    def __init__(self, *, number: int, saved_step: int | None = None, told_elsewhere: bool = False) -> None:
        name = signal.Signals(number).name
        done = "Stopped" if saved_step is None else f"Training is saved at step {saved_step} and stopped"
        super().__init__(f"{done} ({name}); run the same command again to resume.")
        self.exit_code = 128 + number
        self.told_elsewhere = told_elsewhere


class ProcessLost(CaptionerError):
    """Another process of this training died, failed or hangs, so that this one cannot go on."""


class ProcessesDiffer(CaptionerError):
    def __init__(self, *, process: int, processes: int, what: str) -> None:
        super().__init__(
            f"Process {process} of {processes} has {what} than process 0; start all with the same command, on the same "
            "files in shared folders."
        )


class OutOfMemory(CaptionerError):
    """The work does not fit into memory, even in the smallest pieces or until it is started again with smaller ones."""

    def __init__(self, *, goes_on_with: int | None = None) -> None:
        super().__init__(
            "Training does not fit into memory with one row at a time; set gradient_checkpointing, sharded or LoRA, or "
            "use a smaller decoder."
            if goes_on_with is None
            else f"Memory ran out. Started again, training goes on with {goes_on_with} rows at a time."
        )


class ProcessDied(CaptionerError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A process of the training died{f' ({reason})' if reason else ''}; the worker's log has its last words. "
            "Try it again: it goes on from its last saved state."
        )


class DiskFull(CaptionerError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no space left on the disk that holds {path}; free some and start again.")


class UnsupportedDecoder(CaptionerError):
    """The language model cannot serve as a decoder here."""


class MissingExtra(CaptionerError):
    def __init__(self, *, package: str, extra: str) -> None:
        super().__init__(f"This needs {package}, which is not installed: pip install 'altogether[{extra}]'.")


class ActorDied(CaptionerError):
    def __init__(self, *, times: int) -> None:
        super().__init__(
            f"An actor of the Ray cluster died {times} times over one block of images, perhaps because memory ran out; "
            "try it with fewer actors on a machine."
        )


class RayFailed(CaptionerError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Ray failed ({reason}). Its log is on the standard error; start it again to resume."
        )


class NoCluster(CaptionerError):
    def __init__(self, *, address: str) -> None:
        super().__init__(
            f"The Ray cluster {address} does not answer; see that it runs, and that RAY_AUTH_MODE=token and RAY_AUTH_TOKEN "
            "are set if it wants a token."
        )


def first_line(error: BaseException) -> str:
    """What an error of a library says, short enough to be part of a line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200].rstrip(" .:")
