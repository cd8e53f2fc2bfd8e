"""Embedding shards over several processes of this machine, started here."""

import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final

import torch

from captioner.config import CaptionerConfig, from_json, to_json
from captioner.encoders.choice import load_encoder
from captioner.encoders.shared_work import EmbedReport, embed_shards
from captioner.errors import CaptionerError
from captioner.progress import Progress

LOOK_EVERY_SECONDS: Final = 1.0
STOP_SECONDS: Final = 10.0


def embed_over_processes(
    *, patterns: Sequence[str], config: CaptionerConfig, cache: Path, processes: int, progress: Progress
) -> EmbedReport:
    """Returns when every shard has its embeddings. What a process that dies had begun, another does.

    Raises what the processes refuse, and CaptionerError if none is left to do the rest.
    """
    spawning = multiprocessing.get_context("spawn")
    running: dict[Any, Any] = {}
    try:
        for rank in range(processes):
            hearing, telling = spawning.Pipe(duplex=False)
            process = spawning.Process(
                target=_share, args=(telling, list(patterns), to_json(config), str(cache), rank, processes)
            )
            process.start()
            telling.close()
            running[hearing] = process
        return _listen(running, progress=progress)
    finally:
        for process in running.values():
            process.terminate()
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()


def device_of(rank: int) -> torch.device:
    """The device of one process among those of this machine."""
    count = torch.cuda.device_count()
    return torch.device("cuda", rank % count) if count else torch.device("cpu")


def _listen(running: dict[Any, Any], *, progress: Progress) -> EmbedReport:
    reports: list[EmbedReport] = []
    open_pipes = list(running)
    done, total = 0, 1
    while open_pipes:
        progress(done=done, total=total, message="shards embedded")
        for pipe in wait(open_pipes, LOOK_EVERY_SECONDS):
            try:
                said = pipe.recv()  # type: ignore[union-attr, call-arg]
            except EOFError:
                open_pipes.remove(pipe)
                continue
            if isinstance(said, CaptionerError):
                raise said
            if isinstance(said, EmbedReport):
                reports.append(said)
            else:
                done, total = max(done, said[0]), said[1]
    if not reports:
        raise CaptionerError(
            "Every process that embedded shards has died, for want of memory perhaps; the same command goes on with "
            "what is left, and fewer --processes need less memory."
        )
    whole = reports[0]
    for other in reports[1:]:
        whole.shards_embedded += other.shards_embedded
        whole.images_encoded += other.images_encoded
    return whole


def _share(
    telling: "Connection[object, object]",
    patterns: list[str],
    config: str,
    cache: str,
    rank: int,
    processes: int,
) -> None:
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // processes))

    def progress(*, done: int, total: int, message: str) -> None:
        telling.send((done, total))

    try:
        encoder = load_encoder(
            config=from_json(config).encoder, cache=Path(cache), progress=progress, device=device_of(rank)
        )
        telling.send(embed_shards(patterns=patterns, encoder=encoder, cache=Path(cache), progress=progress))
    except CaptionerError as refusal:
        telling.send(refusal)
    except BrokenPipeError:
        pass  # The process that started this one has ended.
