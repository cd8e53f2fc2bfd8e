"""Trainings over two processes for tests: a plain one to compare with, and two processes that may be in trouble."""

import dataclasses
import os
from pathlib import Path
from typing import Any

from annotation_server.embedded.processes import free_port
from captioner.config import CaptionerConfig, to_json
from captioner.progress import silent
from captioner.training.train import train
from tests.warm import CAPTIONER, Ended, Program, warm


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plain:
    """Settings without randomness inside the model, and what one process makes of them."""

    config: CaptionerConfig
    manifest: Path
    held_out: Path
    cache: Path
    alone: Path

    def changed(self, **changes: Any) -> CaptionerConfig:
        """The settings with some of training's changed."""
        return dataclasses.replace(self.config, training=dataclasses.replace(self.config.training, **changes))


def train_alone(plain: Plain, output: Path, **changes: Any) -> None:
    train(
        config=plain.changed(**changes),
        manifest=plain.manifest,
        eval_manifest=plain.held_out,
        output=output,
        cache=plain.cache,
        progress=silent,
    )


def arguments_of(plain: Plain, output: Path, **changes: Any) -> list[str]:
    """Of the command line; its settings lie beside `output`."""
    settings = output.with_suffix(".json")
    settings.write_text(to_json(plain.changed(**changes)))
    return ["train", str(plain.manifest), str(output), "--eval-manifest", str(plain.held_out),
            "--config", str(settings), "--cache", str(plain.cache)]  # fmt: skip


def train_over_two(plain: Plain, output: Path, *, trouble: dict[str, str], **changes: Any) -> list[Ended]:
    """Two processes that find each other as torchrun's do, in what troubled_process.py's variables say; as each ended."""
    shared = {
        "WORLD_SIZE": "2",
        "LOCAL_WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(free_port()),
        "OMP_NUM_THREADS": "1",
    }
    arguments = arguments_of(plain, output, **changes)
    return warm(CAPTIONER).run(
        *(
            Program(
                module="tests.captioner.troubled_process",
                arguments=arguments,
                environment={**os.environ, **shared, **trouble, "RANK": rank, "LOCAL_RANK": rank},
            )
            for rank in ("0", "1")
        )
    )
