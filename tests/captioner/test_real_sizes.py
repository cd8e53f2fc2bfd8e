"""The presets at their real sizes: parameter counts on the meta device, and `small` for real with random weights."""

import math
from pathlib import Path
from typing import Any

import open_clip
import pytest
import torch
from transformers import AutoModelForCausalLM, OPTConfig

from captioner.config import CaptionerConfig, DecoderConfig, DecodeSettings, LocalDecoder, get_preset
from captioner.examples.batches import collate
from captioner.examples.tokenizer import make_codec
from captioner.examples.views import View
from captioner.generation.decoding import ContinuousDecoder, Prompt
from captioner.model.captioner import Captioner
from captioner.samples.manifest import Row
from captioner.training.optimizer import make_optimizer

# As the makers' tokenizer has it.
VOCABULARY = 50_272

# As the makers' own configuration files have them.
OPT: dict[str, dict[str, Any]] = {
    "facebook/opt-125m": {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "ffn_dim": 3072},
    "facebook/opt-1.3b": {"hidden_size": 2048, "num_hidden_layers": 24, "num_attention_heads": 32, "ffn_dim": 8192},
}  # fmt: skip


def _decoder(config: CaptionerConfig) -> Any:
    size = OPT[config.decoder.pretrained]
    return AutoModelForCausalLM.from_config(
        OPTConfig(vocab_size=VOCABULARY, word_embed_proj_dim=size["hidden_size"], **size)
    )


@pytest.mark.parametrize(
    ("preset", "decoder_millions", "mapping_millions", "tower_millions"),
    [("altogether", 1316, 353, 632), ("small", 125, 27, 88)],
)
def test_a_preset_has_the_parameters_that_it_should(
    preset: str, decoder_millions: int, mapping_millions: int, tower_millions: int
) -> None:
    """The paper counts 1.31 billion in the decoder, 0.35 in the mapping network, 0.63 in the frozen tower."""
    config = get_preset(preset)
    with torch.device("meta"):
        tower = open_clip.create_model(config.encoder.model, device="meta").visual
        decoder = _decoder(config)
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


def test_small_learns_and_captions_on_a_cpu() -> None:
    """One picture through the tower, two steps over two rows, two captions: about 4 GB and a quarter of a minute."""
    config = get_preset("small")
    codec = make_codec(
        config=DecoderConfig(local=LocalDecoder()), corpus=["a red square beside a blue dot"], cache=Path()
    )
    torch.manual_seed(0)
    tower = open_clip.create_model(config.encoder.model).visual.eval()
    model = Captioner(config=config, embedding_width=tower.output_dim, decoder=_decoder(config))
    with torch.no_grad():
        embedding_BE = torch.nn.functional.normalize(tower(torch.randn(2, 3, 224, 224)), dim=-1)
    row = Row(row_id="1", image=Path("x"), sha256="")
    alt_ids, caption_ids = (
        tuple(ids) for ids in codec.encode(["blue dot", "a red square beside a blue dot"])
    )
    views = [View(row=row, alt_ids=ids, caption_ids=caption_ids) for ids in (alt_ids, ())]
    batch = collate(views=views, codec=codec)
    optimizer = make_optimizer(model=model, config=config.training)
    losses = []
    for _ in range(2):
        summed = model(
            image_B=embedding_BE, ids_BT=batch.ids_BT, predicting_M=batch.predicting_M, label_M=batch.label_M
        )
        losses.append(summed.item() / batch.tokens)
        summed.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert losses[0] == pytest.approx(math.log(VOCABULARY), abs=1.0)
    assert losses[1] < losses[0] - 0.1
    decoder = ContinuousDecoder(
        model=model.eval(),
        codec=codec,
        settings=DecodeSettings(method="greedy", max_tokens=4),
        device=torch.device("cpu"),
        tick=lambda _: None,
    )
    prompts = [
        Prompt(row_id=str(number), embedding_E=embedding_E, alt_ids=view.alt_ids)
        for number, (embedding_E, view) in enumerate(zip(embedding_BE, views, strict=True))
    ]
    for generated in decoder.decode(prompts):
        assert 0 < len(generated.logprobs) + bool(generated.end_logprob) <= 4
        assert math.isfinite(generated.mean_logprob)
