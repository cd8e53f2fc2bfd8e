"""A captioner of random weights: with the paper's sizes, or in its proportions, small enough for a laptop's core.

Cost does not depend on the weights. The vocabulary's share of the decoder is what savings at the output layer depend on, so
in the small forms it is that of a real decoder: OPT-125M's (31 %) or OPT-1.3B's (8 %). Encoder, mapping network, visual tokens
and text lengths are the paper's in proportion.
"""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from torch import Tensor, nn
from transformers import (
    AutoModelForCausalLM,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    OPTConfig,
    PreTrainedTokenizerFast,
)

from captioner.config import (
    CaptionerConfig,
    DecoderConfig,
    EncoderConfig,
    MappingConfig,
    TextConfig,
    TrainingConfig,
)
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import View
from captioner.model.captioner import Captioner
from captioner.samples.manifest import Row

ALT_TOKENS: Final = 128
CAPTION_TOKENS: Final = 192
# OPT has a vector for each position; the visual tokens, both texts and the separator must find room.
POSITIONS: Final = 512
VISUAL_TOKENS: Final = 40
# The width of the mapping network's inner layer to its own.
MLP_RATIO: Final = 2
# Pixels.
SIDE: Final = 224
PATCH: Final = 14


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Of the decoder (an OPT), the mapping network, and the image tower (a ViT with patches of 14 × 14 pixels)."""

    width: int
    layers: int
    heads: int
    vocabulary: int
    mapping_layers: int
    embedding: int
    tower_width: int
    tower_layers: int
    tower_head_width: int


def _proportions(*, vocabulary: int) -> Sizes:
    return Sizes(
        width=384,
        layers=8,
        heads=8,
        vocabulary=vocabulary,
        mapping_layers=3,
        embedding=256,
        tower_width=256,
        tower_layers=9,
        tower_head_width=32,
    )


PROPORTIONS: Final = {
    "opt-125m": _proportions(vocabulary=16_640),
    "opt-1.3b": _proportions(vocabulary=3_200),
}
# ViT-H/14 and OPT-1.3B.
PAPER: Final = Sizes(
    width=2048,
    layers=24,
    heads=32,
    vocabulary=50_272,
    mapping_layers=8,
    embedding=1024,
    tower_width=1280,
    tower_layers=32,
    tower_head_width=80,
)
# Walks the same code in seconds.
SMALL: Final = Sizes(
    width=64,
    layers=2,
    heads=2,
    vocabulary=500,
    mapping_layers=1,
    embedding=32,
    tower_width=64,
    tower_layers=2,
    tower_head_width=32,
)


@dataclass(frozen=True, kw_only=True)
class Lengths:
    """Mean tokens of a row's texts; alt-texts are dropped for half of the rows."""

    alt: float
    caption: float


# Means after dropping, as measured on the public annotations and on web alt-texts. The captions that the paper's captioner
# writes are longer, about 83 words: generation waits longer then, on both sides.
FINE_TUNING: Final = Lengths(alt=6, caption=75)
PRE_TRAINING: Final = Lengths(alt=4, caption=19)


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """The captioner, its encoder and its words."""

    sizes: Sizes
    model: Captioner
    encoder: Any
    codec: TextCodec
    config: CaptionerConfig


def make_scaled(*, sizes: Sizes) -> Scaled:
    torch.manual_seed(0)
    config = CaptionerConfig(
        name="scaled",
        encoder=EncoderConfig(source="open_clip", model="scaled"),
        decoder=DecoderConfig(pretrained="scaled"),
        mapping=MappingConfig(
            layers=sizes.mapping_layers,
            heads=8,
            projected=VISUAL_TOKENS,
            visual_tokens=VISUAL_TOKENS,
            mlp_ratio=MLP_RATIO,
        ),
        text=TextConfig(alt_text_tokens=ALT_TOKENS, caption_tokens=CAPTION_TOKENS),
        training=TrainingConfig(batch_size=32, micro_batch_size=32),
    )
    decoder = AutoModelForCausalLM.from_config(
        OPTConfig(
            vocab_size=sizes.vocabulary,
            hidden_size=sizes.width,
            word_embed_proj_dim=sizes.width,
            ffn_dim=4 * sizes.width,
            num_hidden_layers=sizes.layers,
            num_attention_heads=sizes.heads,
            max_position_embeddings=POSITIONS,
            dropout=0.0,
            pad_token_id=0,
            bos_token_id=1,
            eos_token_id=2,
        )
    )
    return Scaled(
        sizes=sizes,
        model=Captioner(config=config, embedding_width=sizes.embedding, decoder=decoder),
        encoder=make_tower(sizes=sizes),
        codec=_codec(sizes.vocabulary),
        config=config,
    )


def make_tower(*, sizes: Sizes) -> nn.Module:
    """Pixels to embeddings: open_clip's tower, or where it is not installed the same ViT of transformers."""
    try:
        import open_clip
    except ImportError:
        return _TransformersTower(sizes).eval()
    clip = open_clip.model.CLIP(
        embed_dim=sizes.embedding,
        vision_cfg=open_clip.CLIPVisionCfg(
            layers=sizes.tower_layers,
            width=sizes.tower_width,
            head_width=sizes.tower_head_width,
            patch_size=PATCH,
            image_size=SIDE,
        ),
        text_cfg=open_clip.CLIPTextCfg(layers=1, width=64, heads=1, vocab_size=100),
    )
    return clip.visual.eval()  # type: ignore[no-any-return]


class _TransformersTower(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        config = CLIPVisionConfig(
            hidden_size=sizes.tower_width,
            intermediate_size=4 * sizes.tower_width,
            projection_dim=sizes.embedding,
            num_hidden_layers=sizes.tower_layers,
            num_attention_heads=sizes.tower_width // sizes.tower_head_width,
            image_size=SIDE,
            patch_size=PATCH,
        )
        self.vision = CLIPVisionModelWithProjection(config)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.vision(pixel_values=pixels).image_embeds  # type: ignore[no-any-return]


def make_views(*, count: int, lengths: Lengths, vocabulary: int, seed: int) -> list[View]:
    """Rows whose lengths scatter as real ones do (log-normal), of random words: most alt-texts are short, a few long."""
    rng = random.Random(seed)
    views = []
    for number in range(count):
        kept = rng.random() >= 0.5
        alt = _length(rng, mean=2 * lengths.alt, spread=0.9, most=ALT_TOKENS) if kept else 0
        caption = _length(rng, mean=lengths.caption, spread=0.5, most=CAPTION_TOKENS - 1)
        row = Row(row_id=str(number), image=_NOWHERE, sha256="")
        views.append(
            View(row=row, alt_ids=_ids(rng, alt, vocabulary), caption_ids=_ids(rng, caption, vocabulary))
        )
    return views


_NOWHERE: Final = Path("nowhere")


def _length(rng: random.Random, *, mean: float, spread: float, most: int) -> int:
    """`spread` is the deviation of the logarithm: 0.96 among the 419 alt-texts of pages that were looked at."""
    drawn = mean * rng.lognormvariate(-(spread**2) / 2, spread)
    return max(1, min(most, round(drawn)))


def _ids(rng: random.Random, count: int, vocabulary: int) -> tuple[int, ...]:
    return tuple(rng.randrange(3, vocabulary) for _ in range(count))


def _codec(vocabulary: int) -> TextCodec:
    words = {"<pad>": 0, "<s>": 1, "</s>": 2, **{f"w{number}": number for number in range(3, vocabulary)}}
    tokenizer = Tokenizer(WordLevel(vocab=words, unk_token="<pad>"))
    return TextCodec(
        PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>"
        )
    )
