"""Checkpoints that a training may start from: what one holds, which recipes it fits, and why it does not fit the others."""

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from transformers import AutoConfig, AutoModelForCausalLM

from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig, from_json
from captioner.errors import BadConfig, ConfigMismatch, NotACheckpoint
from captioner.model.adapters import add_adapters
from captioner.model.captioner import Captioner
from captioner.model.checkpoint import find_checkpoint, read_layout
from captioner.model.trained_model import TOWER, trained_weights
from captioner.weights.repositories import without_revision

CARD: Final = "README.md"
# Of the card, which anybody may have written, no more than this is kept.
CARD_CHARACTERS: Final = 100_000


@dataclass(frozen=True, kw_only=True)
class FoundCheckpoint:
    """`sha256` is over its files but for the card. `misfits` says of each recipe why training cannot start from here, '' where
    it can."""

    settings: dict[str, Any]
    parameters: int
    byte_count: int
    sha256: str
    card: str
    misfits: dict[str, str]


def inspect_checkpoint(*, folder: Path, recipes: dict[str, CaptionerConfig]) -> FoundCheckpoint:
    """Everything that can be said of the checkpoint without loading its weights; one that is broken, foreign or a pickle is
    refused."""
    checkpoint = find_checkpoint(folder)
    config = settings_of_checkpoint(checkpoint)
    shapes = _shapes(checkpoint)
    _refuse_other_weights(checkpoint=checkpoint, config=config, shapes=shapes)
    card = checkpoint / CARD
    return FoundCheckpoint(
        settings=dataclasses.asdict(config),
        parameters=sum(_size(shape) for shape in shapes.values()),
        byte_count=sum(file.stat().st_size for file in _files(checkpoint)),
        sha256=checkpoint_sha256(checkpoint),
        card=card.read_text(encoding="utf-8", errors="replace")[:CARD_CHARACTERS] if card.is_file() else "",
        misfits={name: misfit(theirs=config, ours=ours) for name, ours in recipes.items()},
    )


def settings_of_checkpoint(checkpoint: Path) -> CaptionerConfig:
    """The settings that it was trained with."""
    read_layout(checkpoint)
    try:
        return from_json((checkpoint / "config.json").read_text(encoding="utf-8"))
    except (BadConfig, OSError, UnicodeDecodeError) as error:
        raise NotACheckpoint(
            f"The settings of the checkpoint {checkpoint.name} cannot be read: {error}"
        ) from error


def misfit(*, theirs: CaptionerConfig, ours: CaptionerConfig) -> str:
    """Why a training by `ours` cannot start from a checkpoint of `theirs`, in one line with what to do; '' where it can."""
    for part, fits, one, other in (
        (
            "image encoder",
            _encoder_fits(theirs.encoder, ours.encoder),
            _encoder(theirs.encoder),
            _encoder(ours.encoder),
        ),
        (
            "decoder",
            _decoder_fits(theirs.decoder, ours.decoder),
            _decoder(theirs.decoder),
            _decoder(ours.decoder),
        ),
    ):
        if not fits:
            return (
                f"Its {part} is {one}; the recipe {ours.name!r} has {other}. "
                f"Choose a recipe with that {part}, or another checkpoint."
            )
    for field in dataclasses.fields(theirs.mapping):
        had, wanted = getattr(theirs.mapping, field.name), getattr(ours.mapping, field.name)
        if had != wanted:
            return (
                f"Its mapping network is of another size (mapping.{field.name} is {had}); the recipe {ours.name!r} has "
                f"{wanted}. Choose a recipe of that size, or another checkpoint."
            )
    if theirs.encoder.unfrozen and not ours.encoder.unfrozen:
        return (
            f"Its image encoder was trained too, and the recipe {ours.name!r} keeps the encoder as it came. "
            "Choose a recipe that trains the encoder, or another checkpoint."
        )
    return ""


def refuse_misfit(*, folder: Path, config: CaptionerConfig) -> None:
    """Raises ConfigMismatch, NotACheckpoint, PickleRefused."""
    if reason := misfit(theirs=settings_of_checkpoint(find_checkpoint(folder)), ours=config):
        raise ConfigMismatch(f"Training cannot start from this checkpoint. {reason}")


def checkpoint_sha256(folder: Path) -> str:
    """Names what generation and training read of it: every file but the card, by name and content."""
    checkpoint = find_checkpoint(folder)
    digest = hashlib.sha256()
    for file in _files(checkpoint):
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{file.relative_to(checkpoint).as_posix()}\t{content}\n".encode())
    return digest.hexdigest()


def _files(checkpoint: Path) -> list[Path]:
    kept = (checkpoint / name for name in ("config.json", "format.json", "model.safetensors"))
    folders = (checkpoint / name for name in ("decoder", "tokenizer", "encoder"))
    files = [*kept, *(file for folder in folders for file in folder.rglob("*") if file.is_file())]
    if missing := [file.name for file in files if not file.is_file()]:
        raise NotACheckpoint(f"The checkpoint {checkpoint.name} has no {missing[0]}; copy it again.")
    return sorted(files)


def _shapes(checkpoint: Path) -> dict[str, tuple[int, ...]]:
    """Of the weights, from the head of their file."""
    try:
        with safe_open(checkpoint / "model.safetensors", framework="pt") as weights:
            names = list(weights.keys())
            return {name: tuple(weights.get_slice(name).get_shape()) for name in names}
    except (OSError, SafetensorError) as error:
        raise NotACheckpoint(
            f"The weights of the checkpoint {checkpoint.name} are incomplete or broken ({error}); copy it again."
        ) from error


def _refuse_other_weights(
    *, checkpoint: Path, config: CaptionerConfig, shapes: dict[str, tuple[int, ...]]
) -> None:
    """Compares them with those of a model of these settings, which is built without memory."""
    try:
        decoder_config = AutoConfig.from_pretrained(checkpoint / "decoder", trust_remote_code=False)
        with torch.device("meta"):
            decoder = AutoModelForCausalLM.from_config(decoder_config, trust_remote_code=False)
            width = int(read_layout(checkpoint)["embedding_width"])
            model = Captioner(config=config, embedding_width=width, decoder=decoder)
            if config.decoder.lora is not None:
                add_adapters(decoder=model.decoder, lora=config.decoder.lora)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotACheckpoint(
            f"The checkpoint {checkpoint.name} describes no decoder that can be built: {str(error).splitlines()[0]}"
        ) from error
    wanted = {name: tuple(tensor.shape) for name, tensor in trained_weights(model).items()}
    theirs = {name: shape for name, shape in shapes.items() if not name.startswith(TOWER)}
    wrong = [name for name in wanted.keys() | theirs.keys() if wanted.get(name) != theirs.get(name)]
    # A weight that two layers share is published once.
    tied = set(getattr(decoder, "_tied_weights_keys", None) or ())
    wrong = [name for name in wrong if name in theirs or name.removeprefix("decoder.") not in tied]
    if wrong:
        raise NotACheckpoint(
            f"The weights of the checkpoint {checkpoint.name} do not fit its settings ({len(wrong)} differ, such as "
            f"{min(wrong)}); copy it again."
        )


def _encoder_fits(theirs: EncoderConfig, ours: EncoderConfig) -> bool:
    return (
        theirs.source == ours.source
        and _means(ours.model, theirs.model)
        and _means(ours.pretrained, theirs.pretrained)
    )


def _decoder_fits(theirs: DecoderConfig, ours: DecoderConfig) -> bool:
    if theirs.local is not None or ours.local is not None:
        return _decoder(theirs) == _decoder(ours)
    return _means(ours.pretrained, theirs.pretrained)


def _means(ours: str, theirs: str) -> bool:
    """A run writes the revisions that it used into its settings; a recipe that names none takes any."""
    return ours in (theirs, without_revision(theirs))


def _encoder(config: EncoderConfig) -> str:
    return " ".join(part for part in (config.model, config.pretrained) if part) + f" ({config.source})"


def _decoder(config: DecoderConfig) -> str:
    local = config.local
    if local is None:
        return config.pretrained
    return f"an OPT made here (width {local.width}, {local.layers} layers, {local.heads} heads)"


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size
