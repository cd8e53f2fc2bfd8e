"""The encoder that a configuration names: of scenes, of open_clip or of transformers."""

from pathlib import Path

import torch

from captioner.config import EncoderConfig
from captioner.encoders.encoder import Encoder, OpenClipEncoder, TransformersEncoder
from captioner.errors import WeightsUnavailable, first_line
from captioner.progress import Progress
from captioner.weights.available import encoder_folder
from captioner.weights.repositories import FOLDER, HUB, without_revision
from captioner.weights.selection import WEIGHTS


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

        made = carried or cached_folder(cache=cache, model=config.model)
        return load_scenes_encoder(folder=made, progress=progress, device=where)
    folder = encoder_folder(config=config, cache=cache)
    try:
        if config.source == "transformers" and folder is not None:
            return _from_transformers(config=config, folder=folder, device=where)
        return _from_open_clip(config=config, folder=folder, device=where)
    except (
        Exception
    ) as error:  # open_clip, timm, transformers and safetensors each raise their own at broken files
        raise WeightsUnavailable(
            f"The image encoder {config.model} ({config.pretrained or config.source}) cannot be loaded ({first_line(error)}): "
            f"its weights and settings do not belong together, or a file in {folder or config.pretrained} is damaged; fetch "
            "it again, or name another encoder."
        ) from error


def _from_open_clip(*, config: EncoderConfig, folder: Path | None, device: torch.device) -> Encoder:
    import open_clip

    model_name = without_revision(config.model)
    source, weights, normalised = model_name, config.pretrained or None, {}
    if folder is not None and model_name.startswith((HUB, FOLDER)):
        source = f"{FOLDER}{folder}"
    elif folder is not None:
        # The tag's file by its path, and what open_clip knows of the tag beside it.
        tag = open_clip.get_pretrained_cfg(model_name, without_revision(config.pretrained)) or {}
        normalised = {f"image_{name}": tag[name] for name in ("mean", "std", "interpolation") if name in tag}
        weights = str(_open_clip_file(folder))
    model, _, preprocess = open_clip.create_model_and_transforms(
        source, pretrained=weights, image_resize_mode="squash", **normalised
    )
    key = f"open_clip-{model_name}-{without_revision(config.pretrained)}-squash"
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


def _from_transformers(*, config: EncoderConfig, folder: Path, device: torch.device) -> Encoder:
    from transformers import AutoModel, AutoProcessor

    model = AutoModel.from_pretrained(folder, use_safetensors=True, local_files_only=True)
    processor = AutoProcessor.from_pretrained(folder, local_files_only=True)
    return TransformersEncoder(
        model=model,
        processor=processor,
        key=f"transformers-{without_revision(config.model)}-squash",
        device=device,
    )
