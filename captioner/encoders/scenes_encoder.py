"""The small encoder that is made on this machine: an open_clip model trained contrastively on rendered scenes.

It takes under a minute of one core and is made once per cache folder, with a fixed seed. Its towers are simpler than
open_clip's own because only then do a few hundred steps suffice: the image tower keeps where things are (flattened, not
pooled) and the text tower reads words by their place counted from the end. Shapes: B batch, E embedding, L words.
"""

import hashlib
import math
import random
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from open_clip import ClipLoss
from open_clip.model import CLIPTextCfg, CLIPVisionCfg, CustomTextCLIP
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from tokenizers.implementations import ByteLevelBPETokenizer
from torch import Tensor, nn

from captioner import scenes
from captioner.encoders.encoder import OpenClipEncoder
from captioner.progress import Progress
from captioner.scenes import Scene, draw_scene, random_scene
from captioner.scenes.texts import visible_text
from captioner.storage import locked, published_folder

EMBEDDING: Final = 128
IMAGE_SIZE: Final = 64
WORDS: Final = 24
VOCABULARY: Final = 600
SCENES: Final = 20_480
BATCH: Final = 256
STEPS: Final = 280
# Unlike any seed that a demo or test draws its scenes from.
SEED: Final = 990_001
PREPROCESSING: Final = PreprocessCfg(
    size=IMAGE_SIZE, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5), interpolation="bicubic", resize_mode="squash"
)


class ImageTower(nn.Sequential):
    """Four convolutions and one projection of all that they saw, each at its place."""

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(3, 16, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 48, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(48, 64, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(64 * (IMAGE_SIZE // 16) ** 2, EMBEDDING),
        )


class TextTower(nn.Sequential):
    """Words by their place, added up: `ids_BL` to `embedding_BE`.

    Being a sum, it makes the image tower give each attribute a direction of its own, which a decoder can learn to read
    from a few hundred captions.
    """

    def __init__(self) -> None:
        super().__init__(nn.Embedding(VOCABULARY, 32), nn.Flatten(), nn.Linear(32 * WORDS, EMBEDDING))


class ScenesClip(CustomTextCLIP):
    """open_clip's two-tower model with the two small towers."""

    def __init__(self) -> None:
        smallest_vision = CLIPVisionCfg(layers=1, width=64, patch_size=32, image_size=IMAGE_SIZE)
        smallest_text = CLIPTextCfg(layers=1, width=64, heads=1, context_length=WORDS, vocab_size=VOCABULARY)
        super().__init__(embed_dim=EMBEDDING, vision_cfg=smallest_vision, text_cfg=smallest_text)
        self.visual = ImageTower()
        self.text = TextTower()


class PlaceTokenizer:
    """Texts as `ids_BL`, aligned at their ends."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.enable_truncation(WORDS, direction="left")
        tokenizer.enable_padding(direction="left", length=WORDS)
        self._tokenizer = tokenizer

    def __call__(self, texts: list[str]) -> Tensor:
        return torch.tensor(
            [encoding.ids for encoding in self._tokenizer.encode_batch([f" {t}" for t in texts])]
        )


def cached_folder(*, cache: Path, model: str) -> Path:
    """Where the encoder that this version makes lies: another version's recipe or scenes have another folder."""
    made_by = [Path(__file__), *sorted(Path(scenes.__file__).parent.glob("*.py"))]
    recipe = hashlib.sha256(b"\0".join(file.read_bytes() for file in made_by)).hexdigest()
    return cache / "encoders" / f"{model}-{recipe[:12]}"


def load_scenes_encoder(*, folder: Path, progress: Progress, device: torch.device) -> OpenClipEncoder:
    """The encoder below `folder`, made there first when it is missing. Two processes do not make it twice."""
    if not (folder / "model.safetensors").exists():
        with locked(folder.with_name(f"{folder.name}.lock")):
            if not (folder / "model.safetensors").exists():
                with published_folder(folder) as unfinished:
                    make_scenes_encoder(folder=unfinished, progress=progress)
    weights = folder / "model.safetensors"
    model = ScenesClip()
    model.load_state_dict(load_file(weights))
    encoder = OpenClipEncoder(
        model=model,
        preprocess=image_transform_v2(PREPROCESSING, is_train=False),
        tokenizer=PlaceTokenizer(Tokenizer.from_file(str(folder / "tokenizer.json"))),
        key=f"scenes-{hashlib.sha256(weights.read_bytes()).hexdigest()[:16]}",
        device=device,
    )
    encoder.folder = folder
    return encoder


def make_scenes_encoder(
    *, folder: Path, progress: Progress, steps: int = STEPS, scenes: int = SCENES
) -> None:
    """Trains the encoder and writes it into `folder`."""
    rng = random.Random(SEED)
    pictured = [random_scene(rng=rng) for _ in range(scenes)]
    pixels = _render(pictured, progress=progress)
    texts = [visible_text(scene=scene, rng=rng) for scene in pictured]
    tokenizer = _train_tokenizer(texts, folder=folder)
    ids_NL = PlaceTokenizer(tokenizer)(texts)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = ScenesClip()
        _train(model=model, pixels=pixels, ids_NL=ids_NL, steps=steps, progress=progress)
    model.visual.to(memory_format=torch.contiguous_format)
    save_file(model.state_dict(), folder / "model.safetensors")


def _render(scenes: list[Scene], *, progress: Progress) -> Tensor:
    pixels = torch.empty(len(scenes), 3, IMAGE_SIZE, IMAGE_SIZE, dtype=torch.uint8)
    for index, scene in enumerate(scenes):
        picture = np.array(draw_scene(scene=scene, size=IMAGE_SIZE))
        pixels[index] = torch.from_numpy(picture).permute(2, 0, 1)
        if index % 512 == 0:
            progress(done=index, total=len(scenes), message="rendering scenes for the encoder")
    return pixels


def _train_tokenizer(texts: list[str], *, folder: Path) -> Tokenizer:
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        (f" {text}" for text in texts), vocab_size=VOCABULARY, special_tokens=["<pad>"], show_progress=False
    )
    trainer.save(str(folder / "tokenizer.json"))
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def _train(*, model: Any, pixels: Tensor, ids_NL: Tensor, steps: int, progress: Progress) -> None:
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=3e-3, weight_decay=0.05, betas=(0.9, 0.98), fused=True
    )
    warmup, floor = 20, 0.05
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: (
            min(1.0, (step + 1) / warmup) * (floor + (1 - floor) * (1 + math.cos(math.pi * step / steps)) / 2)
        ),
    )
    contrast = ClipLoss()
    # The layout of memory that convolutions on a CPU are fastest with.
    model.visual.to(memory_format=torch.channels_last)
    count = len(pixels)
    order = torch.empty(0, dtype=torch.long)
    model.train()
    for step in range(steps):
        if len(order) < BATCH:
            order = torch.randperm(count)
        chosen, order = order[:BATCH], order[BATCH:]
        image_BE = model.encode_image(_scaled(pixels[chosen]), normalize=True)
        text_BE = model.encode_text(ids_NL[chosen], normalize=True)
        loss = contrast(image_BE, text_BE, model.logit_scale.exp().clamp(max=100))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        progress(done=step + 1, total=steps, message="making the image encoder")


def _scaled(pixels: Tensor) -> Tensor:
    return (pixels.float() / 127.5 - 1).to(memory_format=torch.channels_last)
