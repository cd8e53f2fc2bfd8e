"""What a training needs, from its settings alone: parameters, bytes on the disk, bytes in memory, operations.

Estimates. The model is built without memory (torch's meta device) and counted. Activations follow Korthikanti et al. 2022
("Reducing Activation Recomputation in Large Transformer Models"): 34 · positions · rows · width bytes a layer in 16 bits,
without the attention matrix, which is never kept; twice that in full precision.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from transformers import AutoConfig, AutoModelForCausalLM, OPTConfig

from captioner.config import CaptionerConfig, EncoderConfig
from captioner.errors import WeightsUnavailable
from captioner.model.adapters import add_adapters
from captioner.model.captioner import Captioner
from captioner.weights.available import decoder_folder, encoder_folder
from captioner.weights.repositories import without_revision

# As the makers' configuration files have them: width, layers, heads, width of the embeddings.
OPT_SIZES: Final = {
    "facebook/opt-125m": (768, 12, 12, 768),
    "facebook/opt-350m": (1024, 24, 16, 512),
    "facebook/opt-1.3b": (2048, 24, 32, 2048),
    "facebook/opt-2.7b": (2560, 32, 32, 2560),
}
# The drawn scenes' encoder.
SCENES_PARAMETERS: Final = 700_000


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Bytes, of one process where nothing else is said."""

    trained_parameters: int
    decoder_parameters: int
    encoder_parameters: int
    state_bytes: int
    checkpoint_bytes: int
    disk_bytes: int
    weight_bytes: int
    gradient_bytes: int
    moment_bytes: int
    activation_bytes: int
    encoder_bytes: int
    # Of the main process, on the host: the copy that is written in the background.
    copy_bytes: int
    operations_per_row: float

    @property
    def device_bytes(self) -> int:
        return (
            self.weight_bytes
            + self.gradient_bytes
            + self.moment_bytes
            + self.activation_bytes
            + self.encoder_bytes
        )


def needs_of(
    *,
    config: CaptionerConfig,
    processes: int,
    on_gpu: bool,
    text_tokens: float,
    cache: Path,
) -> Needs:
    """`text_tokens` is how many a row has on average, in alt-text and caption together; weights that were fetched are below
    `cache`. Raises WeightsUnavailable where a size is not known."""
    with torch.device("meta"):
        width, encoder_parameters = _encoder(config.encoder, cache=cache)
        decoder = AutoModelForCausalLM.from_config(decoder_config(config, cache=cache), dtype=torch.float32)
        decoder_parameters = sum(one.numel() for one in decoder.parameters())
        if config.decoder.lora is not None:
            add_adapters(decoder=decoder, lora=config.decoder.lora)
        model = Captioner(config=config, embedding_width=width, decoder=decoder)
    every = sum(one.numel() for one in model.parameters())
    trained = sum(one.numel() for one in model.parameters() if one.requires_grad)
    if config.encoder.unfrozen:
        every, trained = every + encoder_parameters, trained + encoder_parameters
    shares = processes if config.training.sharded else 1
    half = on_gpu and config.training.precision != "fp32"
    state = 12 * trained
    best = 0 if config.training.select_by == "last" else 8 * trained
    return Needs(
        trained_parameters=trained,
        decoder_parameters=decoder_parameters,
        encoder_parameters=encoder_parameters,
        state_bytes=state,
        checkpoint_bytes=4 * every,
        disk_bytes=(max(1, config.training.keep_states) + 1) * state + best + 4 * every,
        # In half precision, a second copy to compute with.
        weight_bytes=(6 if half else 4) * every // shares,
        gradient_bytes=4 * trained // shares,
        moment_bytes=8 * trained // shares,
        activation_bytes=_activations(config=config, decoder=decoder, half=half),
        encoder_bytes=0 if config.encoder.unfrozen else 4 * encoder_parameters,
        copy_bytes=state,
        operations_per_row=6
        * (
            decoder_parameters * (config.mapping.visual_tokens + text_tokens)
            + (every - decoder_parameters) * (config.mapping.visual_tokens + config.mapping.projected)
        ),
    )


def decoder_config(config: CaptionerConfig, *, cache: Path) -> Any:
    """The decoder's own configuration: made here, on this machine, or a known size of OPT; raises WeightsUnavailable."""
    local, name = config.decoder.local, config.decoder.pretrained
    if local is not None:
        return OPTConfig(
            vocab_size=local.vocabulary,
            hidden_size=local.width,
            word_embed_proj_dim=local.width,
            ffn_dim=4 * local.width,
            num_hidden_layers=local.layers,
            num_attention_heads=local.heads,
            max_position_embeddings=local.positions,
        )
    try:
        folder = decoder_folder(config=config.decoder, cache=cache)
        return AutoConfig.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, WeightsUnavailable) as error:
        if without_revision(name) not in OPT_SIZES:
            raise WeightsUnavailable(
                f"The decoder {name} is not on this machine and its size is not known; fetch it, or name a folder."
            ) from error
    name = without_revision(name)
    width, layers, heads, embedding = OPT_SIZES[name]
    return OPTConfig(
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        ffn_dim=4 * width,
        word_embed_proj_dim=embedding,
        do_layer_norm_before=name != "facebook/opt-350m",
    )


def _encoder(config: EncoderConfig, *, cache: Path) -> tuple[int, int]:
    """The embedding's width, and the parameters of the whole encoder (of the image tower where that is trained)."""
    if config.source == "scenes":
        from captioner.encoders.scenes_encoder import EMBEDDING

        return EMBEDDING, SCENES_PARAMETERS
    if config.source == "transformers":
        from transformers import AutoModel

        try:
            folder = encoder_folder(config=config, cache=cache)
            theirs = AutoConfig.from_pretrained(str(folder), local_files_only=True)
        except (OSError, ValueError, WeightsUnavailable) as error:
            raise WeightsUnavailable(
                f"The encoder {config.model} is not on this machine, so that its size is not known; fetch it first."
            ) from error
        encoder = AutoModel.from_config(theirs)
        width = getattr(theirs, "projection_dim", None) or theirs.vision_config.hidden_size
        return int(width), sum(one.numel() for one in encoder.parameters())
    import open_clip

    if config.model.startswith(("hf-hub:", "local-dir:")):
        raise WeightsUnavailable(f"The size of the encoder {config.model} is not known before it is loaded.")
    logging.disable(logging.WARNING)  # It warns that its weights are random.
    try:
        clip = open_clip.create_model(config.model, device="meta")
    finally:
        logging.disable(logging.NOTSET)
    counted = clip.visual if config.unfrozen else clip
    return int(clip.visual.output_dim), sum(one.numel() for one in counted.parameters())


def _activations(*, config: CaptionerConfig, decoder: Any, half: bool) -> int:
    """Of the longest piece: every row fills the limits."""
    rows, text = config.training.micro_batch_size, config.text
    size = decoder.config
    positions = config.mapping.visual_tokens + text.alt_text_tokens + 1 + text.caption_tokens
    per_layer = 34 * rows * positions * size.hidden_size
    layers = size.num_hidden_layers
    kept = per_layer + layers * 2 * rows * positions * size.hidden_size
    decoder_bytes = kept if config.training.gradient_checkpointing else layers * per_layer
    mapping = config.mapping
    # A feed-forward part of `mlp_ratio` in place of 4.
    per_mapping_layer = (18 + 4 * mapping.mlp_ratio) * rows * (mapping.projected + mapping.visual_tokens)
    mapping_bytes = mapping.layers * per_mapping_layer * size.hidden_size
    # The logits, their copy in full precision, and its gradient.
    logits_bytes = rows * (text.caption_tokens + 1) * size.vocab_size * (10 if half else 12)
    return int((decoder_bytes + mapping_bytes) * (1 if half else 2) + logits_bytes)


def free_memory() -> int:
    """Of this machine, in bytes: what can be taken without swapping."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
