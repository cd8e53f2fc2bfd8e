"""One process of a training over several, started by torchrun for processes.py: it says on its standard output, a JSON object a
line, how far the training is and why it ended, and it ends when its standard input does."""

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Final

from captioner.errors import CaptionerError
from captioner.progress import Progress, silent

TOLD_EVERY_SECONDS: Final = 0.2


class ToldProgress:
    """Tells the process that watches, a few times a second."""

    def __init__(self) -> None:
        self._told_at = float("-inf")
        self._message = ""

    def __call__(self, *, done: int, total: int, message: str) -> None:
        now = time.monotonic()
        if message == self._message and done < total and now - self._told_at < TOLD_EVERY_SECONDS:
            return
        self._told_at, self._message = now, message
        tell(done=done, total=total, message=message)


def tell(**said: object) -> None:
    """In one piece: several processes write to the same pipe."""
    os.write(sys.stdout.fileno(), (json.dumps(said) + "\n").encode())


def end_with_the_watcher() -> None:
    """However this process waits for the others: the watcher is gone, or wants it to end."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main(order: Path) -> int:
    """The exit code: 0 done, 1 failed for a reason that was told."""
    end_with_the_watcher()
    progress: Progress = ToldProgress() if os.environ.get("RANK") == "0" else silent
    try:
        from captioner.training.processes import read_order
        from captioner.training.train import train

        train(**read_order(order), progress=progress)
    except CaptionerError as error:
        tell(refused=str(error))
        return 1
    except Exception as error:
        tell(broken=f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"[:300])
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
