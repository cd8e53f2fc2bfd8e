"""Whether pretrained weights are on this machine, and where; nothing is fetched."""

from pathlib import Path

from captioner.config import DecoderConfig, EncoderConfig
from captioner.encoders.scenes_encoder import cached_folder
from captioner.errors import WeightsUnavailable
from captioner.weights.available import decoder_folder, encoder_folder


def decoder_weights(*, config: DecoderConfig, cache: Path) -> tuple[bool, str]:
    """Whether the decoder can be loaded, and a sentence that says from where or what to do."""
    if config.local is not None:
        return True, "The decoder is made here: it needs no weights."
    try:
        return True, f"The decoder's weights lie in {decoder_folder(config=config, cache=cache)}."
    except WeightsUnavailable as error:
        return False, str(error)


def encoder_weights(*, config: EncoderConfig, cache: Path) -> tuple[bool, str]:
    """The same of the image encoder."""
    if config.source == "scenes":
        folder = cached_folder(cache=cache, model=config.model)
        if folder.exists():
            return True, f"The encoder lies in {folder}."
        return True, "The encoder is made here, once, in about a minute: it needs no weights."
    try:
        place = encoder_folder(config=config, cache=cache)
    except WeightsUnavailable as error:
        return False, str(error)
    return True, f"The encoder's weights lie in {place or config.pretrained}."
