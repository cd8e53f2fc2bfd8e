"""The presets at their real sizes, on the meta device: shapes and parameter counts without a byte of weights."""

from typing import Any

import open_clip
import pytest
import torch
from transformers import AutoModelForCausalLM, OPTConfig

from captioner.config import get_preset
from captioner.model import Captioner

# As the makers' own configuration files have them.
OPT: dict[str, dict[str, Any]] = {
    "facebook/opt-125m": {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "ffn_dim": 3072},
    "facebook/opt-1.3b": {"hidden_size": 2048, "num_hidden_layers": 24, "num_attention_heads": 32, "ffn_dim": 8192},
}  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "decoder_millions", "mapping_millions", "tower_millions"),
    [("altogether", 1316, 353, 632), ("small", 125, 27, 88)],
)
def test_a_preset_has_the_parameters_that_it_should(
    preset: str, decoder_millions: int, mapping_millions: int, tower_millions: int
) -> None:
    """The paper counts 1.31 billion in the decoder, 0.35 in the mapping network, 0.63 in the frozen tower."""
    config = get_preset(preset)
    size = OPT[config.decoder.pretrained]
    with torch.device("meta"):
        tower = open_clip.create_model(config.encoder.model, device="meta").visual
        decoder = AutoModelForCausalLM.from_config(
            OPTConfig(vocab_size=50_272, word_embed_proj_dim=size["hidden_size"], **size)
        )
        model = Captioner(config=config, embedding_width=tower.output_dim, decoder=decoder)
        summed = model(
            image_B=torch.randn(2, tower.output_dim),
            ids_BT=torch.zeros(2, 320, dtype=torch.long),
            predicting_M=torch.zeros(50, dtype=torch.long),
            label_M=torch.zeros(50, dtype=torch.long),
        )
    assert summed.shape == ()
    counted = [
        round(sum(parameter.numel() for parameter in module.parameters()) / 1e6)
        for module in (decoder, model.mapping, tower)
    ]
    assert counted == [decoder_millions, mapping_millions, tower_millions]
