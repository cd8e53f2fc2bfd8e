"""A checkpoint in two lines: load it, caption an image.

captioner = load_captioner("path/of/a/checkpoint")
print(captioner.caption("photo.jpg", alt_text="the text that came with it"))
"""

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
from torch import Tensor

from captioner.config import DecodeSettings
from captioner.examples.views import TextCounts, cut_alt_text
from captioner.generation.beam import BeamDecoder
from captioner.generation.decoding import ContinuousDecoder, Generated, Prompt
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint
from captioner.samples.images import load_image


def load_captioner(checkpoint: str | Path, *, cache: str | Path = "var/captioner-cache") -> "ImageCaptioner":
    """The captioner at `checkpoint`, ready for images."""
    return ImageCaptioner(load_checkpoint(folder=Path(checkpoint), cache=Path(cache)))


class ImageCaptioner:
    """Captions single images."""

    def __init__(self, loaded: LoadedCaptioner) -> None:
        self._loaded = loaded

    def caption(
        self, image: str | Path | Image.Image, *, alt_text: str = "", decode: DecodeSettings | None = None
    ) -> str:
        picture = image.convert("RGB") if isinstance(image, Image.Image) else load_image(path=Path(image))
        embedding_BE = self._loaded.encoder.embed_images([picture])
        row_id = hashlib.sha256(picture.tobytes()).hexdigest()
        prompts = make_prompts(
            loaded=self._loaded,
            row_ids=[row_id],
            alt_texts=[alt_text],
            embedding_NE=embedding_BE,
            counts=TextCounts(),
        )
        settings = decode or self._loaded.config.decode
        generated = run_decoder(loaded=self._loaded, prompts=prompts, settings=settings, tick=lambda _: None)
        return self._loaded.codec.decode(generated[0].ids)


def make_prompts(
    *,
    loaded: LoadedCaptioner,
    row_ids: Sequence[str],
    alt_texts: Sequence[str],
    embedding_NE: Tensor,
    counts: TextCounts,
) -> list[Prompt]:
    """One prompt a row; an empty alt-text asks for a caption from the image alone."""
    encoded = loaded.codec.encode(alt_texts)
    return [
        Prompt(
            row_id=row_id,
            embedding_E=embedding_E,
            alt_ids=cut_alt_text(ids, codec=loaded.codec, config=loaded.config.text, counts=counts),
        )
        for row_id, ids, embedding_E in zip(row_ids, encoded, embedding_NE, strict=True)
    ]


def run_decoder(
    *,
    loaded: LoadedCaptioner,
    prompts: Sequence[Prompt],
    settings: DecodeSettings,
    tick: Callable[[int], None],
) -> list[Generated]:
    """Captions by the method that the settings name: our continuous batching, or transformers' beam search."""
    settings = _within_positions(loaded=loaded, settings=settings)
    kind = BeamDecoder if settings.method == "beam" else ContinuousDecoder
    decoder = kind(model=loaded.model, codec=loaded.codec, settings=settings, device=loaded.device, tick=tick)
    return decoder.decode(prompts)


def _within_positions(*, loaded: LoadedCaptioner, settings: DecodeSettings) -> DecodeSettings:
    """No more tokens than the decoder has positions left after the longest prompt."""
    positions = (
        getattr(loaded.model.decoder.config, "max_position_embeddings", None) or settings.max_tokens * 8
    )
    room = positions - loaded.model.visual_tokens - loaded.config.text.alt_text_tokens - 1
    return dataclasses.replace(settings, max_tokens=max(1, min(settings.max_tokens, room)))
