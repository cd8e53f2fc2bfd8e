"""The captioner's modules and their weights: new ones, those of a checkpoint, and what of them is published."""

import dataclasses
import json
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from captioner.config import CaptionerConfig, from_json
from captioner.encoders.encoder import Encoder
from captioner.errors import ConfigMismatch, NotACheckpoint
from captioner.model.adapters import add_adapters, merge_adapters
from captioner.model.captioner import Captioner, decoder_from_config, set_dropout
from captioner.model.sharding import whole

# How weights of the decoder and of the mapping network are named, and what follows the encoder's key when it was trained too.
DECODER: Final = "decoder."
TOWER: Final = "tower."
MAPPING: Final = "mapping."
TUNED: Final = "-tuned-"


def new_captioner(*, config: CaptionerConfig, encoder: Encoder, decoder: Any) -> Captioner:
    """An untrained captioner on top of `encoder`, whose image tower becomes a part of it where it is trained too."""
    tower = encoder.unfreeze() if config.encoder.unfrozen else None
    return Captioner(config=config, embedding_width=encoder.width, decoder=decoder, tower=tower)


def read_model(*, checkpoint: Path, config: CaptionerConfig, encoder: Encoder) -> Captioner:
    """The checkpoint's model, its adapters merged."""
    decoder = decoder_from_config(checkpoint / "decoder")
    model = new_captioner(config=config, encoder=encoder, decoder=decoder)
    weights = merged_weights(checkpoint=checkpoint, config=config)
    load_weights(module=model, weights=weights)
    return model


def started_captioner(*, config: CaptionerConfig, encoder: Encoder, start: Path) -> Captioner:
    """A captioner of these settings with the weights of the checkpoint `start`, to be trained further."""
    theirs = from_json((start / "config.json").read_text(encoding="utf-8"))
    layout = json.loads((start / "format.json").read_text(encoding="utf-8"))
    other_encoder = str(layout["encoder_key"]).partition(TUNED)[0] != encoder.key
    if other_encoder or (theirs.encoder.unfrozen and not config.encoder.unfrozen):
        raise ConfigMismatch(
            f"The checkpoint {start} was trained with another image encoder than these settings name, so training "
            "cannot start from it."
        )
    before = dataclasses.replace(config, decoder=theirs.decoder, encoder=theirs.encoder)
    model = read_model(checkpoint=start, config=before, encoder=encoder)
    set_dropout(model.decoder, config.decoder.dropout)
    if config.encoder.unfrozen:
        model.tower = encoder.unfreeze()
    return model


def merged_weights(*, checkpoint: Path, config: CaptionerConfig) -> dict[str, Tensor]:
    """The weights with the adapters, if there are any, added to the layers that they stand beside."""
    try:
        weights = load_file(checkpoint / "model.safetensors")
    except (OSError, SafetensorError) as error:
        raise NotACheckpoint(f"The checkpoint {checkpoint} is incomplete or broken: {error}") from error
    if config.decoder.lora is None:
        return weights
    decoder = decoder_from_config(checkpoint / "decoder")
    add_adapters(decoder=decoder, lora=config.decoder.lora)
    load_weights(module=decoder, weights=part_of(weights, prefix=DECODER))
    merge_adapters(decoder=decoder)
    merged = {f"{DECODER}{name}": tensor for name, tensor in trained_weights(decoder).items()}
    return {**{name: tensor for name, tensor in weights.items() if not name.startswith(DECODER)}, **merged}


def part_of(weights: dict[str, Tensor], *, prefix: str) -> dict[str, Tensor]:
    """The weights of one part, by their names within it."""
    return {name.removeprefix(prefix): tensor for name, tensor in weights.items() if name.startswith(prefix)}


def trained_weights(module: nn.Module) -> dict[str, Tensor]:
    """The weights to publish: a tensor that two names share is kept under the first."""
    once = {name for name, _ in (*module.named_parameters(), *module.named_buffers())}
    return {name: tensor for name, tensor in module.state_dict().items() if name in once}


def load_weights(*, module: nn.Module, weights: dict[str, Tensor]) -> None:
    """Loads what was published; a tied weight may be missing, nothing else."""
    own = module.state_dict()
    for name, tensor in weights.items():
        if name in own and own[name].shape != tensor.shape:
            raise NotACheckpoint(
                f"The weights do not fit the settings: {name} is {_size(tensor)} in the file, and {_size(own[name])} by the "
                "settings. Use the settings that they were trained with (config.json beside them)."
            )
    missing, unexpected = module.load_state_dict(weights, strict=False)
    needed = set(trained_weights(module)) & set(missing)
    if needed or unexpected:
        raise NotACheckpoint(
            "The weights do not fit the settings: "
            f"{len(needed)} missing, {len(unexpected)} unexpected ({', '.join([*needed, *unexpected][:3])})."
        )


def _size(tensor: Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "one number"


def contiguous(weights: dict[str, Tensor], *, keep: bool = True) -> dict[str, Tensor]:
    """Copies that can be saved. Where tensors are spread, every process calls this and one of them keeps the result."""
    copies = {}
    for name, tensor in weights.items():
        together = whole(tensor.detach())
        if keep:
            copies[name] = together.to("cpu", copy=True, memory_format=torch.contiguous_format)
    return copies
