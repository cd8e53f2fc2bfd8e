"""Weights that do not fit the settings are refused with one line that says what to do."""

import dataclasses
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file
from transformers import OPTConfig, OPTForCausalLM

from captioner.config import CaptionerConfig, DecoderConfig, MappingConfig
from captioner.encoders.choice import load_encoder
from captioner.errors import NotACheckpoint, WeightsUnavailable
from captioner.examples.tokenizer import load_codec
from captioner.model.captioner import make_decoder
from captioner.model.trained_model import read_model, started_captioner
from captioner.progress import silent


def test_a_checkpoint_of_another_mapping_is_named(trained: Path, quick: CaptionerConfig, cache: Path) -> None:
    other = dataclasses.replace(quick, mapping=MappingConfig(layers=1, heads=4, projected=4, visual_tokens=6))
    encoder = load_encoder(config=quick.encoder, cache=cache, progress=silent)
    with pytest.raises(
        NotACheckpoint, match=r"constants_PD is 4 × 32 in the file, and 6 × 32 by the settings"
    ):
        started_captioner(config=other, encoder=encoder, start=trained / "checkpoint")


def test_a_checkpoint_that_is_cut_off_is_named(
    trained: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "model.safetensors").write_bytes(
        (trained / "checkpoint" / "model.safetensors").read_bytes()[:-100]
    )
    (tmp_path / "decoder").symlink_to(trained / "checkpoint" / "decoder")
    encoder = load_encoder(config=quick.encoder, cache=cache, progress=silent)
    with pytest.raises(NotACheckpoint, match="incomplete or broken"):
        read_model(checkpoint=tmp_path, config=quick, encoder=encoder)


@pytest.mark.parametrize("harm", ["other size", "cut off"])
def test_a_decoder_s_folder_whose_weights_do_not_fit_is_named(
    trained: Path, tmp_path: Path, harm: str
) -> None:
    small = OPTConfig(
        vocab_size=400,
        hidden_size=16,
        word_embed_proj_dim=16,
        ffn_dim=32,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
    OPTForCausalLM(small).save_pretrained(tmp_path)
    file = tmp_path / "model.safetensors"
    if harm == "cut off":
        file.write_bytes(file.read_bytes()[:-100])
    else:
        weights = load_file(file)
        save_file(
            {name: tensor[:8].clone() if "fc1" in name else tensor for name, tensor in weights.items()},
            file,
            metadata={"format": "pt"},
        )
    codec = load_codec(trained / "checkpoint" / "tokenizer")
    with pytest.raises(
        WeightsUnavailable, match=f"The decoder {tmp_path} in {tmp_path} cannot be loaded"
    ) as refused:
        make_decoder(config=DecoderConfig(pretrained=str(tmp_path)), codec=codec, cache=tmp_path)
    assert "\n" not in str(refused.value)
