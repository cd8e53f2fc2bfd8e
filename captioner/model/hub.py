"""A checkpoint in the hub's layout: weights, settings, tokenizer and a model card that says what is known. Or its decoder
alone, as any other program of the hub reads one, with the mapping network beside it."""

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from captioner.config import CaptionerConfig, MappingConfig, to_json
from captioner.errors import BadConfig, FolderNotEmpty, NotACheckpoint, first_line
from captioner.examples.tokenizer import load_codec
from captioner.model.captioner import decoder_from_config
from captioner.model.card import decoder_card, model_card
from captioner.model.checkpoint import (
    checkpoint_identity,
    find_checkpoint,
    read_config,
    read_layout,
    weights_identity,
)
from captioner.model.mapping import MappingNetwork
from captioner.model.trained_model import (
    DECODER,
    MAPPING,
    contiguous,
    load_weights,
    merged_weights,
    part_of,
)
from captioner.storage import published_folder


def export_hub(*, checkpoint: Path, output: Path, evaluation: Path | None, rounds: str) -> dict[str, Any]:
    """Writes the folder that can be uploaded as it is; `evaluation` is what `evaluate` wrote."""
    source, config = _opened(checkpoint, output=output)
    report = _report(source)
    metrics = _metrics(evaluation) if evaluation else None
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
            layout = {**read_layout(source), **weights_identity(unfinished / "model.safetensors")}
            (unfinished / "format.json").write_text(json.dumps(layout, indent=2) + "\n", encoding="utf-8")
        (unfinished / "README.md").write_text(card, encoding="utf-8")
    return _told(output)


def export_decoder(*, checkpoint: Path, output: Path) -> dict[str, Any]:
    """Writes the merged decoder and its tokenizer as a plain folder, which transformers and the engines that take prompts as
    embeddings load, and beside it the mapping network, which makes the visual tokens of such a prompt."""
    source, config = _opened(checkpoint, output=output)
    try:
        weights = merged_weights(checkpoint=source, config=config)
        decoder = decoder_from_config(source / "decoder")
        load_weights(module=decoder, weights=part_of(weights, prefix=DECODER))
    except (SafetensorError, RuntimeError, KeyError, ValueError) as error:
        raise NotACheckpoint(
            f"The checkpoint {source} is incomplete or broken ({first_line(error)}); copy it again, or train it again."
        ) from error
    with published_folder(output) as unfinished:
        decoder.save_pretrained(unfinished)
        load_codec(source / "tokenizer").save(unfinished)
        save_file(contiguous(part_of(weights, prefix=MAPPING)), unfinished / "mapping.safetensors")
        settings = {
            "embedding_width": read_layout(source)["embedding_width"],
            "encoder": dataclasses.asdict(config.encoder),
            **dataclasses.asdict(config.mapping),
        }
        (unfinished / "mapping.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
        (unfinished / "README.md").write_text(decoder_card(config=config), encoding="utf-8")
    return _told(output)


def load_mapping(folder: Path) -> MappingNetwork:
    """The mapping network that `export_decoder` wrote: normalised image embeddings in, visual tokens out."""
    settings = json.loads((folder / "mapping.json").read_text(encoding="utf-8"))
    weights = load_file(folder / "mapping.safetensors")
    names = [field.name for field in dataclasses.fields(MappingConfig)]
    mapping = MappingNetwork(
        config=MappingConfig(**{name: settings[name] for name in names}),
        embedding_width=settings["embedding_width"],
        decoder_width=weights["constants_PD"].shape[1],
    )
    load_weights(module=mapping, weights=weights)
    return mapping.eval()


def _opened(checkpoint: Path, *, output: Path) -> tuple[Path, CaptionerConfig]:
    """The checkpoint and its settings, if the folder to write is empty."""
    source = find_checkpoint(checkpoint)
    checkpoint_identity(source)
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise FolderNotEmpty(output)
    return source, read_config(source)


def _told(output: Path) -> dict[str, Any]:
    return {
        "folder": str(output),
        "files": sorted(str(f.relative_to(output)) for f in output.rglob("*") if f.is_file()),
    }


def _metrics(evaluation: Path) -> dict[str, dict[str, float]]:
    try:
        sources: dict[str, dict[str, float]] = json.loads(evaluation.read_text(encoding="utf-8"))["sources"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadConfig(f"{evaluation} is not what `evaluate` writes ({first_line(error)}).") from error
    return sources


def _report(source: Path) -> dict[str, Any]:
    """The training's report, which lies beside the checkpoint that training published."""
    file = source.parent / "report.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
