"""A captioner with the paper's proportions, scaled down until a laptop's core can run it.

The vocabulary's share of the decoder is what savings at the output layer depend on, so it is that of a real decoder:
OPT-125M's (31 %) or OPT-1.3B's (8 %). Encoder, mapping network, visual tokens and text lengths are the paper's in
proportion. Weights are random: cost does not depend on them.
"""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import open_clip
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import AutoModelForCausalLM, OPTConfig, PreTrainedTokenizerFast

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

WIDTH: Final = 384
LAYERS: Final = 8
EMBEDDING: Final = 256
VOCABULARY: Final = {"opt-125m": 16_640, "opt-1.3b": 3_200}
ALT_TOKENS: Final = 128
CAPTION_TOKENS: Final = 192


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

    model: Captioner
    encoder: Any
    codec: TextCodec
    config: CaptionerConfig


def make_scaled(*, proportions: str) -> Scaled:
    torch.manual_seed(0)
    vocabulary = VOCABULARY[proportions]
    config = CaptionerConfig(
        name="scaled",
        encoder=EncoderConfig(source="open_clip", model="scaled"),
        decoder=DecoderConfig(pretrained=proportions),
        mapping=MappingConfig(layers=3, heads=8, projected=40, visual_tokens=40),
        text=TextConfig(alt_text_tokens=ALT_TOKENS, caption_tokens=CAPTION_TOKENS),
        training=TrainingConfig(batch_size=32, micro_batch_size=32),
    )
    decoder = AutoModelForCausalLM.from_config(
        OPTConfig(
            vocab_size=vocabulary,
            hidden_size=WIDTH,
            word_embed_proj_dim=WIDTH,
            ffn_dim=4 * WIDTH,
            num_hidden_layers=LAYERS,
            num_attention_heads=8,
            max_position_embeddings=512,
            dropout=0.0,
            pad_token_id=0,
            bos_token_id=1,
            eos_token_id=2,
        )
    )
    encoder = open_clip.model.CLIP(
        embed_dim=EMBEDDING,
        vision_cfg=open_clip.CLIPVisionCfg(layers=9, width=256, head_width=32, patch_size=14, image_size=224),
        text_cfg=open_clip.CLIPTextCfg(layers=1, width=64, heads=1, vocab_size=100),
    ).visual.eval()
    return Scaled(
        model=Captioner(config=config, embedding_width=EMBEDDING, decoder=decoder),
        encoder=encoder,
        codec=_codec(vocabulary),
        config=config,
    )


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
