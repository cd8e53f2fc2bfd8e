"""Writing in the background: one thread, one write at a time, so that a training's steps go on while its state is saved.

Why not torch.distributed.checkpoint.async_save: it is marked experimental, its metadata is a pickle, which we refuse to open,
and its background save is itself a collective, for which NCCL trainings need a second process group. accelerate's save_state
writes while training waits, and pickles too. Here all processes take part in the copy to the CPU only; one of them writes.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class BackgroundWriter:
    """What a write raises is raised by the next call here."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="saving")
        self._last: Future[None] | None = None

    def start(self, write: Callable[[], None]) -> None:
        """Waits for an earlier write first: what it was given takes memory."""
        self.finish()
        self._last = self._thread.submit(write)

    def check(self) -> None:
        """Raises what an ended write has raised."""
        if self._last is not None and self._last.done():
            self.finish()

    def finish(self) -> None:
        """Waits until all is written."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def close(self) -> None:
        """Waits too, without complaint: something else is the matter already, or nothing is."""
        self._thread.shutdown(wait=True)
