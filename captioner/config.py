"""The captioner's settings, declared once: frozen dataclasses with bounds, three presets, and their JSON form.

`altogether` is the paper's captioner, `small` the same with weights that a laptop can hold, `tiny` is made locally with
nothing to download and walks the same code path. Files, recipes and command-line options are all checked against the
declarations here: a new setting is a new field, and its description is what `--help` shows.
"""

import dataclasses
import json
from dataclasses import field
from typing import Annotated, Final, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from captioner.config_faults import faults
from captioner.errors import BadConfig, UnknownPreset

EncoderSource = Literal["open_clip", "transformers", "scenes"]
Sampling = Literal["greedy", "nucleus", "beam"]
UnseenNames = Literal["keep", "leave_out"]
SelectBy = Literal["last", "loss", "cider"]
Precision = Literal["fp32", "bf16", "fp16"]

Count = Annotated[int, Field(ge=1)]
Natural = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
# Dropping everything leaves nothing to learn from, and a moment that never decays is never filled.
BelowOne = Annotated[float, Field(ge=0, lt=1)]
# What every generator of random numbers takes: numpy's has the smallest range.
Seed = Annotated[int, Field(ge=0, lt=2**32)]

# No conversions ("64" is not 64), no names that are not declared, no NaN or Infinity.
CHECKED: Final = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class EncoderConfig:
    """The frozen image encoder. `scenes` is made on this machine by contrastive training on rendered scenes."""

    source: EncoderSource
    model: Annotated[str, Field(min_length=1)]
    pretrained: str = ""
    unfrozen: Annotated[
        bool, Field(description="train the image tower too: every pass reads the images, nothing is cached")
    ] = False

    @model_validator(mode="after")
    def _scenes_has_no_weights_to_fetch(self) -> Self:
        if self.source == "scenes" and self.pretrained:
            raise ValueError(
                f"encoder.pretrained ({self.pretrained!r}) is set, but the encoder of source 'scenes' is made here and has "
                "no weights to fetch. Leave it out, or set encoder.source to 'open_clip'."
            )
        return self


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class MappingConfig:
    """The transformer that turns one image embedding into visual tokens."""

    layers: Count = 8
    heads: Count = 8
    mlp_ratio: Positive = 2.0
    projected: Annotated[Count, Field(description="positions projected from the embedding")] = 40
    visual_tokens: Annotated[
        Count, Field(description="learned constants; the outputs there are the visual tokens")
    ] = 40


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class LocalDecoder:
    """An OPT made from scratch, with a tokenizer trained on the corpus at hand."""

    width: Count = 128
    layers: Count = 2
    heads: Count = 4
    vocabulary: Count = 700
    positions: Count = 320

    @model_validator(mode="after")
    def _heads_share_the_width(self) -> Self:
        if self.width % self.heads:
            raise ValueError(
                f"decoder.local.width ({self.width}) must be a multiple of decoder.local.heads ({self.heads})."
            )
        return self


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Lora:
    """Low-rank adapters on every linear layer of the decoder instead of full training."""

    rank: Count = 16
    alpha: Count = 32
    dropout: BelowOne = 0.0


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class DecoderConfig:
    """A causal language model of transformers: by hub name or local path, or made locally."""

    pretrained: str = ""
    local: LocalDecoder | None = None
    lora: Lora | None = None
    dropout: BelowOne = 0.0

    @model_validator(mode="after")
    def _there_is_one_decoder(self) -> Self:
        if self.pretrained and self.local is not None:
            raise ValueError(
                f"decoder.pretrained ({self.pretrained!r}) and decoder.local are both set, and only one decoder can be "
                "trained. Leave one out: 'tiny' brings decoder.local along, so base a recipe on another preset; on the "
                "command line --set decoder.local=null takes it away."
            )
        if not self.pretrained and self.local is None:
            raise ValueError("No decoder is set: name decoder.pretrained, or set decoder.local.")
        return self


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class TextConfig:
    """How texts become tokens. Lengths are in tokens of the decoder."""

    alt_text_tokens: Natural = 128
    caption_tokens: Count = 192
    alt_text_dropped: Annotated[
        Share, Field(description="the share of training examples that get no alt-text")
    ] = 0.5
    unseen_names: Annotated[
        UnseenNames,
        Field(description="what an example without alt-text does with names only the alt-text could tell"),
    ] = "keep"
    # For small sets, whose names are soon known by heart.
    renamed: Annotated[
        Share, Field(description="the share of examples with alt-text that are seen under a made-up name")
    ] = 0.0


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class TrainingConfig:
    """How the captioner is trained. `batch_size` is global: the sum over processes and accumulation."""

    learning_rate: Positive = 2e-4
    final_learning_rate_share: Share = 0.1
    warmup_steps: Natural = 200
    # For runs of a few steps.
    warmup_share_limit: Annotated[
        Share,
        Field(description="no more than this share of a run is warm-up; 1 takes warmup_steps as they are"),
    ] = 1.0
    batch_size: Count = 512
    micro_batch_size: Annotated[
        Count, Field(description="rows per forward pass on one device; halved when memory runs out")
    ] = 32
    # Training ends at whichever comes first.
    epochs: Positive = 2.0
    max_steps: Count = 1_000_000_000
    betas: tuple[BelowOne, BelowOne] = (0.9, 0.98)
    weight_decay: NotNegative = 0.2
    # Without it the tiny preset states 32 % of an alt-text's wrong claims, with it under 1 %.
    decay_positions: Annotated[
        bool,
        Field(
            description="also decay learned positions and constants: keeps a small set from being memorised"
        ),
    ] = False
    clip_norm: Positive = 1.0
    precision: Precision = "bf16"
    gradient_checkpointing: bool = False
    sharded: Annotated[
        bool, Field(description="spread weights, gradients and moments over the processes (FSDP)")
    ] = False
    # Keeps a small set from being memorised.
    embedding_noise: Annotated[
        NotNegative,
        Field(description="standard deviation of noise on the embeddings, where an entry is about 1"),
    ] = 0.0
    bucket_batches: Annotated[
        Count, Field(description="batches whose rows are sorted by length together")
    ] = 50
    evaluate_every: Annotated[Count, Field(description="steps between evaluations")] = 200
    evaluation_rows: Count = 64
    # `last` is the paper's way.
    select_by: Annotated[
        SelectBy,
        Field(
            description="which step is kept; loss and cider are held-out figures and need an eval manifest"
        ),
    ] = "last"
    patience: Annotated[
        Natural,
        Field(description="evaluations without improvement after which training stops; 0: never early"),
    ] = 0
    save_every_seconds: NotNegative = 600.0
    # The best weights by `select_by` are kept besides.
    keep_states: Annotated[Count, Field(description="states to resume from that are kept")] = 2
    bad_steps_in_a_row: Annotated[
        Count,
        Field(
            description="steps in a row without a finite loss and gradient that end the training; fewer are skipped"
        ),
    ] = 10
    # Over several processes all end when one is lost or stuck.
    lost_after_seconds: Annotated[
        Positive, Field(description="how long one of several processes may give no sign of life")
    ] = 60.0
    stuck_after_seconds: Annotated[
        Positive, Field(description="how long several processes wait for one of them within a step")
    ] = 1800.0
    seed: Seed = 0


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class DecodeSettings:
    """How captions are drawn from the model. Sampling is seeded per row: a row's caption does not depend on its batch."""

    method: Annotated[Sampling, Field(description="how the next token is chosen")] = "nucleus"
    top_p: Annotated[
        Share, Field(description="nucleus: the share of the likeliest tokens' mass to draw from")
    ] = 0.7
    temperature: Annotated[
        NotNegative, Field(description="nucleus: below 1 prefers likelier tokens; 0 is greedy")
    ] = 0.2
    beams: Annotated[Count, Field(description="beam: how many captions are followed at once")] = 4
    max_tokens: Annotated[Count, Field(description="the longest caption, in tokens")] = 192
    seed: Annotated[Seed, Field(description="nucleus: another seed draws other captions")] = 0
    # Beam search does not look for loops.
    stop_loops: Annotated[
        bool, Field(description="end a caption that goes round in circles, instead of at its limit")
    ] = False
    slots: Annotated[Count, Field(description="rows that are decoded together")] = 64


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class CaptionerConfig:
    """Everything that decides what a training makes, data apart."""

    name: str
    encoder: EncoderConfig
    decoder: DecoderConfig
    mapping: MappingConfig = field(default_factory=MappingConfig)
    text: TextConfig = field(default_factory=TextConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    decode: DecodeSettings = field(default_factory=DecodeSettings)


_CONFIG: Final = TypeAdapter(CaptionerConfig)

PRESETS: Final[dict[str, CaptionerConfig]] = {
    "altogether": CaptionerConfig(
        name="altogether",
        encoder=EncoderConfig(source="open_clip", model="ViT-H-14-quickgelu", pretrained="metaclip_fullcc"),
        decoder=DecoderConfig(pretrained="facebook/opt-1.3b"),
    ),
    "small": CaptionerConfig(
        name="small",
        encoder=EncoderConfig(source="open_clip", model="ViT-B-32-quickgelu", pretrained="metaclip_fullcc"),
        decoder=DecoderConfig(pretrained="facebook/opt-125m"),
        mapping=MappingConfig(layers=4, projected=20, visual_tokens=20),
        training=TrainingConfig(
            batch_size=64,
            micro_batch_size=16,
            epochs=6.0,
            warmup_steps=50,
            warmup_share_limit=0.1,
            precision="fp32",
            evaluate_every=50,
        ),
    ),
    "tiny": CaptionerConfig(
        name="tiny",
        encoder=EncoderConfig(source="scenes", model="scenes-64"),
        decoder=DecoderConfig(local=LocalDecoder()),
        mapping=MappingConfig(layers=1, heads=4, projected=4, visual_tokens=4),
        text=TextConfig(alt_text_tokens=48, caption_tokens=96, renamed=0.5),
        training=TrainingConfig(
            learning_rate=3e-3,
            final_learning_rate_share=0.05,
            warmup_steps=30,
            warmup_share_limit=0.1,
            batch_size=64,
            micro_batch_size=64,
            epochs=140.0,
            max_steps=750,
            weight_decay=1.0,
            decay_positions=True,
            embedding_noise=0.1,
            precision="fp32",
            evaluate_every=100,
            save_every_seconds=15.0,
        ),
        decode=DecodeSettings(method="greedy", max_tokens=96, slots=64),
    ),
}


def get_preset(name: str) -> CaptionerConfig:
    """The preset of that name; raises UnknownPreset."""
    if name not in PRESETS:
        raise UnknownPreset(name=name, known=sorted(PRESETS))
    return PRESETS[name]


def to_json(config: CaptionerConfig) -> str:
    """Stable, readable JSON."""
    return json.dumps(dataclasses.asdict(config), indent=2, sort_keys=True) + "\n"


def from_json(text: str) -> CaptionerConfig:
    """The config that `to_json` wrote, or one written by hand. Raises BadConfig with a line for each fault."""
    try:
        return _CONFIG.validate_json(text)
    except ValidationError as error:
        raise BadConfig("\n".join(faults(error))) from error
