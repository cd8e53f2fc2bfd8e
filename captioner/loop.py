"""One run of the loop in its folder. The server writes train.jsonl, eval.jsonl and to_draft.jsonl there; one call each trains,
evaluates and drafts. All results are plain JSON, with null instead of NaN.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import torch

from captioner.config import CaptionerConfig, DecodeSettings
from captioner.errors import ConfigMismatch, NotACheckpoint
from captioner.evaluate import evaluate
from captioner.generation.generate import generate
from captioner.model.checkpoint import find_checkpoint
from captioner.model.fetch import fetch_checkpoint
from captioner.model.start import checkpoint_sha256, inspect_checkpoint, refuse_misfit, settings_of_checkpoint
from captioner.model.text_limits import write_text_limits
from captioner.progress import Progress
from captioner.recipe import read_recipe, shipped
from captioner.samples.manifest import read_manifest
from captioner.training.history import read_history
from captioner.training.processes import TrainOrder, train_over_processes
from captioner.training.small_sets import fitted
from captioner.training.train import TrainReport, train

CURVE_POINTS: Final = 200
TRAIN: Final = "train.jsonl"
EVAL: Final = "eval.jsonl"
TO_DRAFT: Final = "to_draft.jsonl"


def run_settings(*, recipe: str, folder: Path) -> tuple[CaptionerConfig, str]:
    """The settings of the recipe for the run's training set, and a sentence on what a small set changed of them."""
    return fitted(config=read_recipe(recipe), rows=len(read_manifest(folder / TRAIN)))


def as_json(config: CaptionerConfig) -> dict[str, Any]:
    """The whole configuration."""
    return _plain(asdict(config))  # type: ignore[no-any-return]


def decode_settings(checkpoint: Path) -> DecodeSettings:
    """How it writes captions: as the settings that it was trained with say."""
    return settings_of_checkpoint(find_checkpoint(checkpoint)).decode


def decoding_of(checkpoint: Path) -> dict[str, Any]:
    """The same as JSON."""
    return _plain(asdict(decode_settings(checkpoint)))  # type: ignore[no-any-return]


def processes_here(wanted: int) -> int:
    """So many; 0 is one for each GPU, and one without."""
    return wanted or max(1, torch.cuda.device_count())


def train_run(
    *,
    config: CaptionerConfig,
    folder: Path,
    cache: Path,
    text_limits: Path,
    progress: Progress,
    processes: int = 1,
    start_from: Path | None = None,
    start_sha256: str = "",
    origin: str = "",
) -> dict[str, Any]:
    """Writes checkpoint/ and, below `text_limits`, what counts the tokens of a text. Returns the report with its loss curve.

    `start_from` is the checkpoint with the hash `start_sha256` that training starts from, and `origin` what the card calls it.
    The folder is the run's alone: a checkpoint that does not fit the settings any more is written over."""
    if start_from is not None:
        _refuse_start(start_from, sha256=start_sha256, origin=origin, config=config)
    order = TrainOrder(
        config=config,
        manifest=folder / TRAIN,
        eval_manifest=folder / EVAL if (folder / EVAL).stat().st_size else None,
        output=folder / "checkpoint",
        cache=cache,
        start_from=start_from,
        origin=origin,
    )
    report = _trained(order, processes=processes, progress=progress)
    write_text_limits(config=config, checkpoint=Path(report.checkpoint), cache=cache, folder=text_limits)
    made = {
        **asdict(report),
        "checkpoint_sha256": checkpoint_sha256(Path(report.checkpoint)),
        "losses": _losses(folder / "checkpoint"),
    }
    return _plain(made)  # type: ignore[no-any-return]


def _refuse_start(start_from: Path, *, sha256: str, origin: str, config: CaptionerConfig) -> None:
    """Raises NotACheckpoint where it is gone or another one by now, ConfigMismatch where it does not fit."""
    try:
        found = checkpoint_sha256(start_from)
    except NotACheckpoint as error:
        raise NotACheckpoint(
            f"Training was to start from {origin}, whose files are gone or broken. Put them back, or choose another start."
        ) from error
    if found != sha256:
        raise ConfigMismatch(
            f"Training was to start from {origin}, whose files have changed. Put the old ones back, or register the new ones "
            "and choose them."
        )
    refuse_misfit(folder=start_from, config=config)


def _trained(order: TrainOrder, *, processes: int, progress: Progress) -> TrainReport:
    if processes > 1:
        if torch.cuda.is_available():
            torch.cuda.empty_cache()  # What earlier jobs of this process have left, another process needs.
        return train_over_processes(order=order, processes=processes, progress=progress)
    return train(**vars(order), progress=progress, overwrite=True)


def inspect_base(*, folder: Path, repository: str = "") -> dict[str, Any]:
    """What a checkpoint holds, and which of the recipes that come along it fits. One of a `repository` of the hub (OWNER/NAME
    or OWNER/NAME@REVISION) is fetched into the folder, unless it is there."""
    if repository and not folder.exists():
        fetch_checkpoint(repository=repository, folder=folder)
    recipes = {name: read_recipe(name) for name in shipped()}
    return _plain(asdict(inspect_checkpoint(folder=folder, recipes=recipes)))  # type: ignore[no-any-return]


def evaluate_run(*, folder: Path, checkpoint: Path, cache: Path, progress: Progress) -> dict[str, Any]:
    """With and without alt-text, on eval.jsonl; also written to evaluation.json."""
    evaluate(
        checkpoint=checkpoint,
        manifest=folder / EVAL,
        output=folder / "evaluation.json",
        cache=cache,
        decode=decode_settings(checkpoint),
        progress=progress,
    )
    found: dict[str, Any] = json.loads((folder / "evaluation.json").read_text())
    return found


def draft_run(*, folder: Path, checkpoint: Path, cache: Path, progress: Progress) -> Iterator[dict[str, Any]]:
    """A draft for each row of to_draft.jsonl, in their order."""
    generate(
        checkpoint=checkpoint,
        manifest=folder / TO_DRAFT,
        output=folder / "drafts.jsonl",
        cache=cache,
        with_alt_text=True,
        decode=decode_settings(checkpoint),
        progress=progress,
    )
    return _lines(folder / "drafts.jsonl")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _plain(value: Any) -> Any:
    """JSON: paths as text, NaN as null."""
    return json.loads(json.dumps(value, default=str), parse_constant=lambda _: None)


def _losses(checkpoint: Path) -> list[tuple[int, float]]:
    """The training loss at no more than CURVE_POINTS steps."""
    points = [(row["step"], row["loss"]) for row in read_history(checkpoint) if "loss" in row]
    return points[:: max(1, -(-len(points) // CURVE_POINTS))]
