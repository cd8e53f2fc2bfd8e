"""A checkpoint in the hub's layout: weights, settings, tokenizer and a model card that says what is known."""

import json
import shutil
from pathlib import Path
from typing import Any

from captioner.card import model_card
from captioner.checkpoint import find_checkpoint, read_layout
from captioner.config import from_json
from captioner.errors import FolderNotEmpty
from captioner.storage import published_folder


def export_hub(*, checkpoint: Path, output: Path, evaluation: Path | None, rounds: str) -> dict[str, Any]:
    """Writes the folder that can be uploaded as it is; `evaluation` is what `evaluate` wrote."""
    source = find_checkpoint(checkpoint)
    read_layout(source)
    if output.exists() and any(output.iterdir()):
        raise FolderNotEmpty(output)
    report = _report(source)
    metrics = json.loads(evaluation.read_text(encoding="utf-8"))["sources"] if evaluation else None
    card = model_card(
        config=from_json((source / "config.json").read_text(encoding="utf-8")),
        rows=int(report.get("rows", 0)),
        manifest_sha256=str(report.get("manifest_sha256", "unknown")),
        metrics=metrics,
        rounds=rounds,
    )
    with published_folder(output) as unfinished:
        shutil.copytree(source, unfinished, dirs_exist_ok=True)
        (unfinished / "README.md").write_text(card, encoding="utf-8")
    return {
        "folder": str(output),
        "files": sorted(str(f.relative_to(output)) for f in output.rglob("*") if f.is_file()),
    }


def _report(source: Path) -> dict[str, Any]:
    """The training's report, which lies beside the checkpoint that training published."""
    file = source.parent / "report.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
