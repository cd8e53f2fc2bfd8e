"""Expected refusals of the captioner: each has a plain one-sentence reason that says what to do."""

from pathlib import Path


class CaptionerError(Exception):
    """What goes wrong for a reason that a person can understand; `str(error)` is that reason."""

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
    """Pretrained weights are neither on this machine nor to be had over the network."""


class LossNotFinite(CaptionerError):
    def __init__(self, *, step: int) -> None:
        super().__init__(
            f"The loss of step {step} is not a finite number, so training stopped before the weights changed; "
            "a lower learning rate usually helps."
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
