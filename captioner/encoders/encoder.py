"""The frozen image encoder: any CLIP-like model of open_clip or transformers, or the small one made of scenes.

Images are squashed to the model's square, in training and in generation alike, so that nothing a caption mentions is cut
off. Shapes: B batch, E embedding.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

# How the image side's weights are named in models of transformers.
IMAGE_SIDE: Final = ("model.vision", "model.visual")


class Encoder(ABC):
    """Images and texts as L2-normalised vectors of one space."""

    # Names the image tower's weights, and preprocessing: embeddings of different keys never mix.
    key: str
    width: int
    device: torch.device
    # Where the files of an encoder made on this machine lie; checkpoints carry a copy.
    folder: Path | None = None

    @abstractmethod
    def pixels(self, image: Image.Image) -> Tensor:
        """One image as the model wants it."""

    @abstractmethod
    def image_tower(self) -> nn.Module:
        """The module that maps stacked pixels to embeddings, not normalised."""

    @abstractmethod
    def text_features(self, texts: Sequence[str]) -> Tensor: ...

    @torch.inference_mode()
    def embed_images(self, images: Sequence[Image.Image]) -> Tensor:
        """`embedding_BE` on the CPU in float32."""
        pixels = torch.stack([self.pixels(image) for image in images]).to(self.device)
        return self.embed_pixels(pixels).float().cpu()

    def unfreeze(self) -> nn.Module:
        """The image tower with gradients, for training it too."""
        return self.image_tower().requires_grad_(True)

    def embed_pixels(self, pixels: Tensor) -> Tensor:
        return functional.normalize(self.image_tower()(pixels), dim=-1)

    @torch.inference_mode()
    def embed_texts(self, texts: Sequence[str]) -> Tensor:
        """`embedding_BE` on the CPU in float32."""
        return functional.normalize(self.text_features(texts), dim=-1).float().cpu()


class OpenClipEncoder(Encoder):
    """A model of open_clip by name and pretrained tag, by `hf-hub:` name or `local-dir:` path."""

    def __init__(
        self, *, model: Any, preprocess: Any, tokenizer: Any, key: str, device: torch.device
    ) -> None:
        self._model = model.eval().requires_grad_(False).to(device)
        self._preprocess = preprocess
        self._tokenizer = tokenizer
        self.key = key
        self.device = device
        self.width = int(self._tower_width())

    def pixels(self, image: Image.Image) -> Tensor:
        return self._preprocess(image)  # type: ignore[no-any-return]

    def image_tower(self) -> nn.Module:
        return self._model.visual  # type: ignore[no-any-return]

    def text_features(self, texts: Sequence[str]) -> Tensor:
        return self._model.encode_text(self._tokenizer(list(texts)).to(self.device))  # type: ignore[no-any-return]

    def _tower_width(self) -> int:
        blank = self._preprocess(Image.new("RGB", (32, 32)))
        with torch.inference_mode():
            return int(self._model.visual(blank[None].to(self.device)).shape[-1])


class TransformersEncoder(Encoder):
    """A CLIP-like model of transformers (CLIP, SigLIP, ...) by hub name or local path."""

    def __init__(self, *, model: Any, processor: Any, key: str, device: torch.device) -> None:
        self._model = model.eval().requires_grad_(False).to(device)
        self._processor = processor
        self._tower = _PooledTower(self._model)
        self.key = key
        self.device = device
        self.width = int(self.embed_images([Image.new("RGB", (32, 32))]).shape[-1])

    def pixels(self, image: Image.Image) -> Tensor:
        side = self._model.config.vision_config.image_size
        square = image.resize((side, side), Image.Resampling.BICUBIC)
        pixels = self._processor(images=square, return_tensors="pt", do_resize=False, do_center_crop=False)
        return pixels["pixel_values"][0]  # type: ignore[no-any-return]

    def image_tower(self) -> nn.Module:
        return self._tower

    def unfreeze(self) -> nn.Module:
        for name, parameter in self._tower.named_parameters():
            parameter.requires_grad_(name.startswith(IMAGE_SIDE))
        return self._tower

    def image_weights(self) -> dict[str, Tensor]:
        """The weights of the image side alone, by name."""
        weights = self._tower.state_dict()
        return {name: tensor for name, tensor in weights.items() if name.startswith(IMAGE_SIDE)}

    def text_features(self, texts: Sequence[str]) -> Tensor:
        limit = self._model.config.text_config.max_position_embeddings
        tokens = self._processor(
            text=list(texts), return_tensors="pt", padding="max_length", truncation=True, max_length=limit
        )
        return _pooled(self._model.get_text_features(**tokens.to(self.device)))


class _PooledTower(nn.Module):
    """Pixels to image features, whatever this version of transformers wraps them in."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, pixels: Tensor) -> Tensor:
        return _pooled(self.model.get_image_features(pixel_values=pixels))  # type: ignore[operator]


def _pooled(output: Any) -> Tensor:
    return output if isinstance(output, Tensor) else output.pooler_output
