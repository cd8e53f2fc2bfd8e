"""A checkpoint in the hub's layout: weights, settings, tokenizer and a model card that says what is known."""

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

from safetensors.torch import save_file

from captioner.config import from_json, to_json
from captioner.errors import FolderNotEmpty
from captioner.model.card import model_card
from captioner.model.checkpoint import find_checkpoint, read_layout
from captioner.model.trained_model import contiguous, merged_weights
from captioner.storage import published_folder


def export_hub(*, checkpoint: Path, output: Path, evaluation: Path | None, rounds: str) -> dict[str, Any]:
    """Writes the folder that can be uploaded as it is; `evaluation` is what `evaluate` wrote."""
    source = find_checkpoint(checkpoint)
    read_layout(source)
    if output.exists() and any(output.iterdir()):
        raise FolderNotEmpty(output)
    config = from_json((source / "config.json").read_text(encoding="utf-8"))
    report = _report(source)
    metrics = json.loads(evaluation.read_text(encoding="utf-8"))["sources"] if evaluation else None
    card = model_card(
        config=config,
        rows=int(report.get("rows", 0)),
        manifest_sha256=str(report.get("manifest_sha256", "unknown")),
        metrics=metrics,
        rounds=rounds,
        started_from=str(report.get("started_from", "")),
    )
    plain = dataclasses.replace(config, decoder=dataclasses.replace(config.decoder, lora=None))
    with published_folder(output) as unfinished:
        shutil.copytree(source, unfinished, dirs_exist_ok=True)
        if config.decoder.lora is not None:
            # Others need no peft: an ordinary decoder with what the adapters learned.
            weights = merged_weights(checkpoint=source, config=config)
            save_file(contiguous(weights), unfinished / "model.safetensors")
            (unfinished / "config.json").write_text(to_json(plain), encoding="utf-8")
        (unfinished / "README.md").write_text(card, encoding="utf-8")
    return {
        "folder": str(output),
        "files": sorted(str(f.relative_to(output)) for f in output.rglob("*") if f.is_file()),
    }


def _report(source: Path) -> dict[str, Any]:
    """The training's report, which lies beside the checkpoint that training published."""
    file = source.parent / "report.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
