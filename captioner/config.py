"""The captioner's settings: frozen dataclasses, three presets, and their JSON form.

`altogether` is the paper's captioner, `small` the same with weights that a laptop can hold, `tiny` is made locally with
nothing to download and walks the same code path.
"""

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args, get_type_hints

from captioner.errors import BadConfig, UnknownPreset

EncoderSource = Literal["open_clip", "transformers", "scenes"]
Sampling = Literal["greedy", "nucleus", "beam"]
UnseenNames = Literal["keep", "leave_out"]
SelectBy = Literal["last", "loss", "cider"]
Precision = Literal["fp32", "bf16", "fp16"]


@dataclass(frozen=True, kw_only=True)
class EncoderConfig:
    """The frozen image encoder. `scenes` is made on this machine by contrastive training on rendered scenes."""

    source: EncoderSource
    model: str
    pretrained: str = ""
    # Train the image tower too, for the ablation: images are then read in every pass and nothing is cached.
    unfrozen: bool = False


@dataclass(frozen=True, kw_only=True)
class MappingConfig:
    """The transformer that turns one image embedding into visual tokens."""

    layers: int = 8
    heads: int = 8
    mlp_ratio: float = 2.0
    # Positions projected from the embedding, and learned constants; the outputs at the constants are the visual tokens.
    projected: int = 40
    visual_tokens: int = 40


@dataclass(frozen=True, kw_only=True)
class LocalDecoder:
    """An OPT made from scratch, with a tokenizer trained on the corpus at hand."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    vocabulary: int = 700
    positions: int = 320


@dataclass(frozen=True, kw_only=True)
class Lora:
    """Low-rank adapters on every linear layer of the decoder in place of full training."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0


@dataclass(frozen=True, kw_only=True)
class DecoderConfig:
    """A causal language model of transformers: by hub name or local path, or made locally."""

    pretrained: str = ""
    local: LocalDecoder | None = None
    lora: Lora | None = None
    dropout: float = 0.0


@dataclass(frozen=True, kw_only=True)
class TextConfig:
    """How texts become tokens. Lengths are in tokens of the decoder."""

    alt_text_tokens: int = 128
    caption_tokens: int = 192
    # The share of training examples that are given no alt-text.
    alt_text_dropped: float = 0.5
    # What an example without alt-text does with names that only the alt-text could tell.
    unseen_names: UnseenNames = "keep"
    # The share of examples with alt-text that are seen under a made-up name: for small sets, whose names are soon known
    # by heart.
    renamed: float = 0.0


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """How the captioner is trained. `batch_size` is global: the sum over processes and accumulation."""

    learning_rate: float = 2e-4
    final_learning_rate_share: float = 0.1
    warmup_steps: int = 200
    batch_size: int = 512
    # Rows per forward pass on one device; halved when memory runs out.
    micro_batch_size: int = 32
    # Training ends at whichever comes first.
    epochs: float = 2.0
    max_steps: int = 1_000_000_000
    betas: tuple[float, float] = (0.9, 0.98)
    weight_decay: float = 0.2
    clip_norm: float = 1.0
    precision: Precision = "bf16"
    gradient_checkpointing: bool = False
    # Spread weights, gradients and moments over the processes (FSDP).
    sharded: bool = False
    # Standard deviation of noise on the embeddings, where an entry is about 1: keeps a small set from being memorised.
    embedding_noise: float = 0.0
    # Batches whose rows are sorted by length together.
    bucket_batches: int = 50
    evaluate_every: int = 200
    evaluation_rows: int = 64
    # `last` is the paper's way; the others keep the best by held-out loss or CIDEr-D and need an eval manifest.
    select_by: SelectBy = "last"
    # Evaluations without improvement after which training stops; 0 never stops early.
    patience: int = 0
    save_every_seconds: float = 600.0
    # States to resume from that are kept; the best weights by `select_by` are kept besides.
    keep_states: int = 2
    # Steps in a row without a finite loss and gradient, after which training ends; single ones are skipped.
    bad_steps_in_a_row: int = 10
    # Over several processes: how long one may give no sign of life, and how long a step may take, before all end.
    lost_after_seconds: float = 60.0
    stuck_after_seconds: float = 1800.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class DecodeSettings:
    """How captions are drawn from the model. Sampling is seeded per row: a row's caption does not depend on its batch."""

    method: Sampling = "nucleus"
    top_p: float = 0.7
    temperature: float = 0.2
    beams: int = 4
    max_tokens: int = 192
    seed: int = 0
    # Rows that are decoded together.
    slots: int = 64


@dataclass(frozen=True, kw_only=True)
class CaptionerConfig:
    """Everything that decides what a training makes, data apart."""

    name: str
    encoder: EncoderConfig
    decoder: DecoderConfig
    mapping: MappingConfig = field(default_factory=MappingConfig)
    text: TextConfig = field(default_factory=TextConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    decode: DecodeSettings = field(default_factory=DecodeSettings)


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
            batch_size=64,
            micro_batch_size=64,
            epochs=140.0,
            max_steps=750,
            weight_decay=1.0,
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


def checked(config: CaptionerConfig) -> CaptionerConfig:
    """The same, whole: raises BadConfig where one setting would be ignored beside another."""
    decoder, encoder = config.decoder, config.encoder
    if decoder.pretrained and decoder.local is not None:
        raise BadConfig(
            f"decoder.pretrained ({decoder.pretrained!r}) and decoder.local are both set, and only one decoder can be trained. "
            "Leave one out: 'tiny' brings decoder.local along, so base a recipe on another preset; on the command line "
            "--set decoder.local=null takes it away."
        )
    if not decoder.pretrained and decoder.local is None:
        raise BadConfig("No decoder is set: name decoder.pretrained, or set decoder.local.")
    if encoder.source == "scenes" and encoder.pretrained:
        raise BadConfig(
            f"encoder.pretrained ({encoder.pretrained!r}) is set, and the encoder of source 'scenes' is made here and has no "
            "weights to fetch. Leave it out, or set encoder.source to 'open_clip'."
        )
    return config


def to_json(config: CaptionerConfig) -> str:
    """Stable, readable JSON."""
    return json.dumps(dataclasses.asdict(config), indent=2, sort_keys=True) + "\n"


def from_json(text: str) -> CaptionerConfig:
    """The config that `to_json` wrote; settings it does not know or that are missing are refused or defaulted."""
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise BadConfig(f"The settings are not JSON: {error}.") from error
    config: CaptionerConfig = _build(CaptionerConfig, fields)
    return config


def _build(kind: type[Any], fields: Any) -> Any:
    """A dataclass from plain JSON values, checked against its annotations."""
    if not isinstance(fields, dict):
        raise BadConfig(f"{kind.__name__} must be an object, not {fields!r}.")
    hints = get_type_hints(kind)
    unknown = sorted(set(fields) - set(hints))
    if unknown:
        raise BadConfig(f"{kind.__name__} has no setting {', '.join(unknown)}.")
    try:
        return kind(**{name: _value(name, hints[name], value) for name, value in fields.items()})
    except TypeError as error:
        raise BadConfig(f"{kind.__name__}: {error}.") from error


def _value(name: str, hint: Any, value: Any) -> Any:
    alternatives = [option for option in get_args(hint) if option is not type(None)]
    if dataclasses.is_dataclass(hint):
        return _build(hint, value)  # type: ignore[arg-type]
    if alternatives and dataclasses.is_dataclass(alternatives[0]):
        return None if value is None else _build(alternatives[0], value)  # type: ignore[arg-type]
    if hint in (int, float, str, bool):
        if isinstance(value, bool) != (hint is bool) or not isinstance(
            value, (int, float) if hint is float else hint
        ):
            raise BadConfig(f"The setting {name} must be of type {hint.__name__}, not {value!r}.")
        return hint(value)
    if isinstance(value, list):
        return tuple(value)
    if value not in alternatives:
        raise BadConfig(
            f"The setting {name} must be one of {', '.join(map(str, alternatives))}, not {value!r}."
        )
    return value
