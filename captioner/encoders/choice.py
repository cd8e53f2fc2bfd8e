"""The encoder that a configuration names: of scenes, of open_clip or of transformers."""

import hashlib
from pathlib import Path
from typing import Any, Final

import torch

from captioner.config import EncoderConfig
from captioner.encoders.encoder import Encoder, OpenClipEncoder, TransformersEncoder
from captioner.encoders.tower_digest import tower_digest, weights_in
from captioner.errors import WeightsUnavailable
from captioner.progress import Progress

# What `encoder.pretrained` says where weights that nobody trained are wanted.
RANDOM: Final = "random"
# Names of open_clip's models that bring their weights along.
SCHEMAS: Final = ("hf-hub:", "local-dir:")


def load_encoder(
    *,
    config: EncoderConfig,
    cache: Path,
    progress: Progress,
    device: torch.device | None = None,
    carried: Path | None = None,
) -> Encoder:
    """The encoder of `config`. The one of scenes is the copy `carried` by a checkpoint, else made once below `cache`."""
    where = device or torch.device("cpu")
    if config.source == "scenes":
        # Loads open_clip, which takes seconds; most models are of others.
        from captioner.encoders.scenes_encoder import cached_folder, load_scenes_encoder

        folder = carried or cached_folder(cache=cache, model=config.model)
        return load_scenes_encoder(folder=folder, progress=progress, device=where)
    if config.source == "open_clip" and not config.pretrained and not config.model.startswith(SCHEMAS):
        raise WeightsUnavailable(
            f"The image encoder {config.model} has no weights: set encoder.pretrained to the name or the path of some, "
            f"or to '{RANDOM}' if you want random ones."
        )
    try:
        if config.source == "transformers":
            return _from_transformers(config=config, cache=cache, device=where)
        return _from_open_clip(config=config, cache=cache, device=where)
    except (OSError, RuntimeError, ValueError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise WeightsUnavailable(
            f"The image encoder {config.model} ({config.pretrained or config.source}) could not be loaded; "
            f"it needs a network or a local path: {reason}"
        ) from error


def _from_open_clip(*, config: EncoderConfig, cache: Path, device: torch.device) -> Encoder:
    import open_clip

    random = config.pretrained == RANDOM
    with torch.random.fork_rng(devices=[], enabled=random):
        if random:
            torch.manual_seed(0)
        model, _, preprocess = open_clip.create_model_and_transforms(
            config.model,
            pretrained=None if random else config.pretrained or None,
            image_resize_mode="squash",
            load_weights=not random,
            require_pretrained=not random,
        )
    weights = tower_digest(
        weights=model.visual.state_dict(),
        files=[] if random else _files_of_open_clip(config),
        cache=cache,
    )
    settings = f"{model.visual!r} {model.visual.preprocess_cfg}"
    return OpenClipEncoder(
        model=model,
        preprocess=preprocess,
        tokenizer=open_clip.get_tokenizer(config.model),
        key=f"open_clip-{config.model}-{config.pretrained}-squash-{_named(weights, settings)}",
        device=device,
    )


def _from_transformers(*, config: EncoderConfig, cache: Path, device: torch.device) -> Encoder:
    from transformers import AutoModel, AutoProcessor

    model, told = AutoModel.from_pretrained(config.model, use_safetensors=True, output_loading_info=True)
    if told["missing_keys"]:
        raise ValueError(f"its weights lack {', '.join(sorted(told['missing_keys'])[:3])}")
    processor = AutoProcessor.from_pretrained(config.model)
    encoder = TransformersEncoder(model=model, processor=processor, key="", device=device)
    folder = Path(config.model)
    weights = tower_digest(
        weights=encoder.image_weights(),
        files=weights_in(folder) if folder.is_dir() else _files_of_hub(config.model),
        cache=cache,
    )
    settings = f"{model!r} {sorted(processor.image_processor.to_dict().items(), key=str)}"
    encoder.key = f"transformers-{config.model}-squash-{_named(weights, settings)}"
    return encoder


def _named(weights: str, settings: str) -> str:
    """One name for weights, the layers they belong to, and how pictures are prepared for them."""
    return hashlib.sha256(f"{weights} {settings}".encode()).hexdigest()[:16]


def _files_of_open_clip(config: EncoderConfig) -> list[Path]:
    """Where the weights were read from, as far as it can be told."""
    import open_clip

    schema = next((one for one in SCHEMAS if config.model.startswith(one)), "")
    if schema == "local-dir:":
        return weights_in(Path(config.model.removeprefix(schema)))
    if schema == "hf-hub:":
        return _files_of_hub(config.model.removeprefix(schema))
    if Path(config.pretrained).is_file():
        return [Path(config.pretrained)]
    told: dict[str, Any] = open_clip.get_pretrained_cfg(config.model, config.pretrained) or {}
    fetched = Path.home() / ".cache" / "clip" / str(told.get("url", "")).rpartition("/")[2]
    return _files_of_hub(str(told.get("hf_hub", "")).rpartition("/")[0]) or [
        file for file in (fetched,) if file.is_file()
    ]


def _files_of_hub(name: str) -> list[Path]:
    """Every file of weights that the hub's own cache holds of a model."""
    from huggingface_hub.constants import HF_HUB_CACHE

    if not name:
        return []
    snapshots = Path(HF_HUB_CACHE) / f"models--{name.replace('/', '--')}" / "snapshots"
    return [file for folder in sorted(snapshots.glob("*")) for file in weights_in(folder)]
