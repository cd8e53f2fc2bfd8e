"""Checkpoints: a folder that holds all that generation needs.

    config.json          our settings            format.json      version of this layout, embedding width, encoder key,
                                                                  SHA-256 of the weights
    model.safetensors    mapping and decoder     decoder/         the decoder's own configuration
    tokenizer/           the decoder's           encoder/         only an encoder made on this machine
    README.md            the model card

Weights are safetensors only: a pickle can run code when it is opened and is refused.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from captioner.config import CaptionerConfig, from_json, to_json
from captioner.encoders.choice import load_encoder
from captioner.encoders.encoder import Encoder
from captioner.encoders.tower_digest import digest_of
from captioner.errors import BadConfig, NotACheckpoint, PickleRefused, first_line
from captioner.examples.tokenizer import TextCodec, load_codec
from captioner.model.captioner import Captioner
from captioner.model.trained_model import TOWER, TUNED, part_of, read_model
from captioner.progress import Progress, silent
from captioner.storage import published_folder
from captioner.weights.available import require_weights

FORMAT_VERSION: Final = 1
PICKLE_SUFFIXES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl")


@dataclass(frozen=True, kw_only=True)
class LoadedCaptioner:
    """A captioner ready to generate, with the encoder that its embeddings come from."""

    config: CaptionerConfig
    model: Captioner
    codec: TextCodec
    encoder: Encoder
    device: torch.device


def save_checkpoint(
    *,
    folder: Path,
    config: CaptionerConfig,
    model: Captioner,
    weights: dict[str, Tensor],
    codec: TextCodec,
    encoder: Encoder,
    card: str,
) -> None:
    """Publishes the checkpoint at `folder` in one step; an older one there stays until then. `weights`: whole, on the CPU."""
    with published_folder(folder) as unfinished:
        save_file(weights, unfinished / "model.safetensors")
        (unfinished / "config.json").write_text(to_json(config), encoding="utf-8")
        layout = {
            "format_version": FORMAT_VERSION,
            "embedding_width": encoder.width,
            # An encoder that was trained too makes embeddings of its own, which the untrained one's must not mix with.
            "encoder_key": f"{encoder.key}{TUNED}{digest_of(part_of(weights, prefix=TOWER))}"
            if config.encoder.unfrozen
            else encoder.key,
            **weights_identity(unfinished / "model.safetensors"),
        }
        (unfinished / "format.json").write_text(json.dumps(layout, indent=2) + "\n", encoding="utf-8")
        model.decoder.config.save_pretrained(unfinished / "decoder")
        codec.save(unfinished / "tokenizer")
        (unfinished / "README.md").write_text(card, encoding="utf-8")
        if encoder.folder is not None:
            shutil.copytree(encoder.folder, unfinished / "encoder" / config.encoder.model)


def find_checkpoint(folder: Path) -> Path:
    """The checkpoint at `folder`, or the one below a training's output; raises NotACheckpoint or PickleRefused."""
    for candidate in (folder, folder / "checkpoint"):
        if (candidate / "format.json").exists():
            return candidate
    if folder.is_file() and folder.suffix in PICKLE_SUFFIXES:
        raise PickleRefused(folder)
    pickles = [file for file in folder.glob("*") if file.suffix in PICKLE_SUFFIXES] if folder.is_dir() else []
    if pickles:
        raise PickleRefused(pickles[0])
    raise NotACheckpoint(f"{folder} holds no captioner checkpoint (there is no format.json in it).")


def require_checkpoint(*, checkpoint: Path, cache: Path) -> str:
    """The checkpoint's identity, if it and its encoder are on this machine: what a long job asks before it begins.

    Raises NotACheckpoint, PickleRefused and WeightsUnavailable."""
    folder = find_checkpoint(checkpoint)
    config = read_config(folder)
    require_weights(config=config, cache=cache, with_decoder=False)
    return checkpoint_identity(folder)


def read_config(checkpoint: Path) -> CaptionerConfig:
    """The settings of the checkpoint; raises NotACheckpoint."""
    try:
        return from_json((checkpoint / "config.json").read_text(encoding="utf-8"))
    except BadConfig as error:
        raise NotACheckpoint(
            f"The checkpoint {checkpoint} has settings this version does not know: {error}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise NotACheckpoint(
            f"The checkpoint {checkpoint} is incomplete or broken ({first_line(error)}); copy it again, or train it again."
        ) from error


def load_checkpoint(
    *, folder: Path, cache: Path, progress: Progress = silent, device: torch.device | None = None
) -> LoadedCaptioner:
    """Everything that generation needs, from `folder`; a foreign, newer or broken checkpoint is refused with a reason."""
    checkpoint = find_checkpoint(folder)
    where = device or best_device()
    layout = read_layout(checkpoint)
    checkpoint_identity(checkpoint)
    config = read_config(checkpoint)
    try:
        carried = checkpoint / "encoder" / config.encoder.model
        encoder = load_encoder(
            config=config.encoder,
            cache=cache,
            progress=progress,
            device=where,
            carried=carried if carried.exists() else None,
        )
        model = read_model(checkpoint=checkpoint, config=config, encoder=encoder)
        encoder.key = layout["encoder_key"] if config.encoder.unfrozen else encoder.key
        codec = load_codec(checkpoint / "tokenizer")
    except (OSError, SafetensorError, RuntimeError, KeyError, ValueError) as error:
        raise NotACheckpoint(
            f"The checkpoint {checkpoint} is incomplete or broken ({first_line(error)}); copy it again, or train it again."
        ) from error
    return LoadedCaptioner(
        config=config, model=model.eval().to(where), codec=codec, encoder=encoder, device=where
    )


def weights_identity(file: Path) -> dict[str, str | int]:
    """What format.json says of the weights, so that nobody has to read gigabytes to tell two checkpoints apart."""
    with file.open("rb") as stream:
        return {
            "weights_sha256": hashlib.file_digest(stream, "sha256").hexdigest(),
            "weights_bytes": file.stat().st_size,
        }


def checkpoint_identity(folder: Path) -> str:
    """Names the weights of the checkpoint at `folder`, by what was written down when they were; raises NotACheckpoint."""
    checkpoint = find_checkpoint(folder)
    layout = read_layout(checkpoint)
    weights = checkpoint / "model.safetensors"
    if not weights.is_file() or weights.stat().st_size != layout.get("weights_bytes"):
        raise NotACheckpoint(
            f"The checkpoint {checkpoint} is incomplete or broken: model.safetensors is not the file that format.json tells "
            "of; copy it again, or train it again."
        )
    return str(layout["weights_sha256"])


def read_layout(checkpoint: Path) -> dict[str, Any]:
    """format.json, refused when another version of this program wrote it in a way that this one cannot read."""
    try:
        layout: dict[str, Any] = json.loads((checkpoint / "format.json").read_text(encoding="utf-8"))
        version = int(layout["format_version"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotACheckpoint(f"The file {checkpoint / 'format.json'} is damaged: {error}") from error
    if version != FORMAT_VERSION:
        raise NotACheckpoint(
            f"The checkpoint {checkpoint} has format {version}, this version of the captioner reads format "
            f"{FORMAT_VERSION}; train it again or use the version that wrote it."
        )
    return layout


def best_device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
