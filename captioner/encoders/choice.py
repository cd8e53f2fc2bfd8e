"""The encoder that a configuration names: of scenes, of open_clip or of transformers."""

import hashlib
from pathlib import Path
from typing import Final

import torch

from captioner.config import EncoderConfig
from captioner.encoders.encoder import Encoder, OpenClipEncoder, TransformersEncoder
from captioner.encoders.tower_digest import tower_digest, weights_in
from captioner.errors import WeightsUnavailable, first_line
from captioner.progress import Progress
from captioner.weights.available import encoder_folder
from captioner.weights.repositories import FOLDER, HUB, RANDOM, without_revision
from captioner.weights.selection import WEIGHTS

# Names of open_clip's models that bring their weights along.
SCHEMAS: Final = (HUB, FOLDER)


def load_encoder(
    *,
    config: EncoderConfig,
    cache: Path,
    progress: Progress,
    device: torch.device | None = None,
    carried: Path | None = None,
) -> Encoder:
    """The encoder of `config`. The one of scenes is the copy `carried` by a checkpoint, else made once below `cache`.

    Raises WeightsUnavailable where weights are missing, damaged or of another model, also where none are named: random ones are
    wanted only where `pretrained` says so.
    """
    where = device or torch.device("cpu")
    if config.source == "scenes":
        # Loads open_clip, which takes seconds; most models are of others.
        from captioner.encoders.scenes_encoder import cached_folder, load_scenes_encoder

        made = carried or cached_folder(cache=cache, model=config.model)
        return load_scenes_encoder(folder=made, progress=progress, device=where)
    if config.source == "open_clip" and not config.pretrained and not config.model.startswith(SCHEMAS):
        raise WeightsUnavailable(
            f"The image encoder {config.model} has no weights: set encoder.pretrained to the name or the path of some, "
            f"or to '{RANDOM}' if you want random ones."
        )
    folder = encoder_folder(config=config, cache=cache)
    try:
        if config.source == "transformers" and folder is not None:
            return _from_transformers(config=config, folder=folder, cache=cache, device=where)
        return _from_open_clip(config=config, folder=folder, cache=cache, device=where)
    except (
        Exception
    ) as error:  # open_clip, timm, transformers and safetensors each raise their own at broken files
        raise WeightsUnavailable(
            f"The image encoder {config.model} ({config.pretrained or config.source}) cannot be loaded ({first_line(error)}): "
            f"its weights and settings do not belong together, or a file in {folder or config.pretrained} is damaged; fetch "
            "it again, or name another encoder."
        ) from error


def _from_open_clip(
    *, config: EncoderConfig, folder: Path | None, cache: Path, device: torch.device
) -> Encoder:
    import open_clip

    random = config.pretrained == RANDOM
    model_name = without_revision(config.model)
    source, weights, normalised = model_name, None if random else config.pretrained or None, {}
    if folder is not None and model_name.startswith(SCHEMAS):
        source = f"{FOLDER}{folder}"
    elif folder is not None:
        # The tag's file by its path, and what open_clip knows of the tag beside it.
        tag = open_clip.get_pretrained_cfg(model_name, without_revision(config.pretrained)) or {}
        normalised = {f"image_{name}": tag[name] for name in ("mean", "std", "interpolation") if name in tag}
        weights = str(_open_clip_file(folder))
    with torch.random.fork_rng(devices=[], enabled=random):
        if random:
            torch.manual_seed(0)
        model, _, preprocess = open_clip.create_model_and_transforms(
            source,
            pretrained=weights,
            image_resize_mode="squash",
            load_weights=not random,
            require_pretrained=not random,
            **normalised,
        )
    digest = tower_digest(
        weights=model.visual.state_dict(), files=_files(folder, pretrained=weights), cache=cache
    )
    settings = f"{model.visual!r} {model.visual.preprocess_cfg}"
    key = f"open_clip-{model_name}-{without_revision(config.pretrained)}-squash-{_named(digest, settings)}"
    return OpenClipEncoder(
        model=model,
        preprocess=preprocess,
        tokenizer=open_clip.get_tokenizer(source),
        key=key,
        device=device,
    )


def _open_clip_file(folder: Path) -> Path:
    """The weights that were fetched for open_clip."""
    names = [file.name for file in folder.iterdir()]
    for form in WEIGHTS["open_clip"]:
        if found := [name for name in names if form.fullmatch(name) and name.endswith(".safetensors")]:
            return folder / found[0]
    raise WeightsUnavailable("it was not fetched for open_clip")


def _from_transformers(*, config: EncoderConfig, folder: Path, cache: Path, device: torch.device) -> Encoder:
    from transformers import AutoModel, AutoProcessor

    model, told = AutoModel.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, output_loading_info=True
    )
    if told["missing_keys"]:
        raise ValueError(f"its weights lack {', '.join(sorted(told['missing_keys'])[:3])}")
    processor = AutoProcessor.from_pretrained(folder, local_files_only=True)
    encoder = TransformersEncoder(model=model, processor=processor, key="", device=device)
    digest = tower_digest(weights=encoder.image_weights(), files=weights_in(folder), cache=cache)
    settings = f"{model!r} {sorted(processor.image_processor.to_dict().items(), key=str)}"
    encoder.key = f"transformers-{without_revision(config.model)}-squash-{_named(digest, settings)}"
    return encoder


def _named(weights: str, settings: str) -> str:
    """One name for weights, the layers they belong to, and how pictures are prepared for them."""
    return hashlib.sha256(f"{weights} {settings}".encode()).hexdigest()[:16]


def _files(folder: Path | None, *, pretrained: str | None) -> list[Path]:
    """Where the weights were read from."""
    if folder is not None:
        return weights_in(folder)
    return [Path(pretrained)] if pretrained is not None and Path(pretrained).is_file() else []
