"""Whether pretrained weights are on this machine, and where; nothing is fetched."""

from pathlib import Path
from typing import Final

from huggingface_hub import try_to_load_from_cache
from huggingface_hub.errors import HFValidationError

from captioner.config import CaptionerConfig, EncoderConfig
from captioner.encoders.scenes_encoder import cached_folder

SAFE: Final = ("model.safetensors", "model.safetensors.index.json")


def decoder_weights(config: CaptionerConfig) -> tuple[bool, str]:
    """Whether the decoder can be loaded, and a sentence that says from where or what to do."""
    if config.decoder.local is not None:
        return True, "The decoder is made here: it needs no weights."
    return _of_transformers(config.decoder.pretrained, what="decoder")


def encoder_weights(*, config: EncoderConfig, cache: Path) -> tuple[bool, str]:
    """The same of the image encoder."""
    if config.source == "scenes":
        folder = cached_folder(cache=cache, model=config.model)
        if folder.exists():
            return True, f"The encoder lies in {folder}."
        return True, "The encoder is made here, once, in about a minute: it needs no weights."
    if config.source == "transformers":
        return _of_transformers(config.model, what="encoder")
    return _of_open_clip(config)


def _of_transformers(name: str, *, what: str) -> tuple[bool, str]:
    if Path(name).is_dir():
        if any((Path(name) / file).exists() for file in SAFE):
            return True, f"The {what}'s weights lie in {name}."
        return (
            False,
            f"The folder {name} of the {what} holds no safetensors; convert its weights, or name another.",
        )
    found = _cached(name, SAFE)
    if found is not None:
        return True, f"The {what}'s weights lie in {found.parent}."
    return False, (
        f"The {what} {name} is not on this machine as safetensors; fetch it before an offline run, or name a folder that "
        "holds it."
    )


def _of_open_clip(config: EncoderConfig) -> tuple[bool, str]:
    from open_clip.constants import HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME
    from open_clip.pretrained import get_pretrained_cfg

    if Path(config.pretrained).is_file():
        return True, f"The encoder's weights lie in {config.pretrained}."
    known = get_pretrained_cfg(config.model, config.pretrained) or {}
    repository = str(known.get("hf_hub", "")).rstrip("/")
    places = [_cached(repository, (HF_SAFE_WEIGHTS_NAME, HF_WEIGHTS_NAME))] if repository else []
    url = str(known.get("url", ""))
    places.append(Path("~/.cache/clip").expanduser() / url.rpartition("/")[2] if url else None)
    found = next((place for place in places if place is not None and place.is_file()), None)
    if found is not None:
        return True, f"The encoder's weights lie in {found}."
    return False, (
        f"The encoder {config.model} ({config.pretrained}) is not on this machine; fetch it before an offline run, or name a "
        "local file in encoder.pretrained."
    )


def _cached(repository: str, names: tuple[str, ...]) -> Path | None:
    try:
        found = [try_to_load_from_cache(repository, name) for name in names]
    except HFValidationError:  # A path, and nothing is there.
        return None
    return next((Path(one) for one in found if isinstance(one, str)), None)
