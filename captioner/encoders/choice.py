"""The encoder that a configuration names: of scenes, of open_clip or of transformers."""

from pathlib import Path

import torch

from captioner.config import EncoderConfig
from captioner.encoders.encoder import Encoder, OpenClipEncoder, TransformersEncoder
from captioner.errors import WeightsUnavailable
from captioner.progress import Progress


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
    try:
        if config.source == "transformers":
            return _from_transformers(config=config, device=where)
        return _from_open_clip(config=config, device=where)
    except (OSError, RuntimeError) as error:
        raise WeightsUnavailable(
            f"The image encoder {config.model} ({config.pretrained or config.source}) could not be loaded; "
            f"it needs a network or a local path: {str(error).splitlines()[0]}"
        ) from error


def _from_open_clip(*, config: EncoderConfig, device: torch.device) -> Encoder:
    import open_clip

    model, _, preprocess = open_clip.create_model_and_transforms(
        config.model, pretrained=config.pretrained or None, image_resize_mode="squash"
    )
    key = f"open_clip-{config.model}-{config.pretrained}-squash"
    return OpenClipEncoder(
        model=model,
        preprocess=preprocess,
        tokenizer=open_clip.get_tokenizer(config.model),
        key=key,
        device=device,
    )


def _from_transformers(*, config: EncoderConfig, device: torch.device) -> Encoder:
    from transformers import AutoModel, AutoProcessor

    model = AutoModel.from_pretrained(config.model, use_safetensors=True)
    processor = AutoProcessor.from_pretrained(config.model)
    return TransformersEncoder(
        model=model, processor=processor, key=f"transformers-{config.model}-squash", device=device
    )
