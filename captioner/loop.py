"""One run of the loop in its folder. The server writes train.jsonl, eval.jsonl and to_draft.jsonl there; one call each trains,
evaluates and drafts. All results are plain JSON, with null instead of NaN.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from captioner.config import get_preset
from captioner.evaluate import evaluate
from captioner.generation.generate import generate
from captioner.model.text_limits import write_text_limits
from captioner.progress import Progress
from captioner.training.history import read_history
from captioner.training.train import train

CURVE_POINTS: Final = 200
TRAIN: Final = "train.jsonl"
EVAL: Final = "eval.jsonl"
TO_DRAFT: Final = "to_draft.jsonl"


def settings_of(preset: str) -> dict[str, Any]:
    """The whole configuration."""
    return _plain(asdict(get_preset(preset)))  # type: ignore[no-any-return]


def decoding_of(preset: str) -> dict[str, Any]:
    """How it writes captions."""
    return _plain(asdict(get_preset(preset).decode))  # type: ignore[no-any-return]


def train_run(
    *, preset: str, folder: Path, cache: Path, text_limits: Path, progress: Progress
) -> dict[str, Any]:
    """Writes checkpoint/ and, below `text_limits`, what counts the tokens of a text. Returns the report with its loss curve.

    The folder is the run's alone: a checkpoint that does not fit the settings any more is written over."""
    config = get_preset(preset)
    report = train(
        config=config,
        manifest=folder / TRAIN,
        eval_manifest=folder / EVAL if (folder / EVAL).stat().st_size else None,
        output=folder / "checkpoint",
        cache=cache,
        progress=progress,
        overwrite=True,
    )
    write_text_limits(config=config, checkpoint=Path(report.checkpoint), cache=cache, folder=text_limits)
    return _plain({**asdict(report), "losses": _losses(folder / "checkpoint")})  # type: ignore[no-any-return]


def evaluate_run(
    *, preset: str, folder: Path, checkpoint: Path, cache: Path, progress: Progress
) -> dict[str, Any]:
    """With and without alt-text, on eval.jsonl; also written to evaluation.json."""
    evaluate(
        checkpoint=checkpoint,
        manifest=folder / EVAL,
        output=folder / "evaluation.json",
        cache=cache,
        decode=get_preset(preset).decode,
        progress=progress,
    )
    found: dict[str, Any] = json.loads((folder / "evaluation.json").read_text())
    return found


def draft_run(
    *, preset: str, folder: Path, checkpoint: Path, cache: Path, progress: Progress
) -> Iterator[dict[str, Any]]:
    """A draft for each row of to_draft.jsonl, in their order."""
    generate(
        checkpoint=checkpoint,
        manifest=folder / TO_DRAFT,
        output=folder / "drafts.jsonl",
        cache=cache,
        with_alt_text=True,
        decode=get_preset(preset).decode,
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
