"""LoRA: only adapters and mapping learn, the merged decoder is the adapted one, and training goes on from either."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import GPT2Config, GPT2LMHeadModel, OPTConfig, OPTForCausalLM

from captioner.commands import main
from captioner.config import CaptionerConfig, DecodeSettings, Lora
from captioner.errors import FolderNotEmpty
from captioner.examples.views import TextCounts
from captioner.generation.load import load_captioner, make_prompts, run_decoder
from captioner.model.adapters import add_adapters, merge_adapters
from captioner.model.checkpoint import load_checkpoint
from captioner.model.hub import export_decoder, export_hub
from captioner.progress import silent
from captioner.training.history import read_history
from captioner.training.train import train
from tests.captioner.conftest import WriteManifest


@pytest.fixture(scope="module")
def with_lora(quick: CaptionerConfig) -> CaptionerConfig:
    return dataclasses.replace(quick, decoder=dataclasses.replace(quick.decoder, lora=Lora(rank=4, alpha=8)))


@pytest.fixture(scope="module")
def adapted(
    with_lora: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    output = tmp_path_factory.mktemp("adapted")
    train(
        config=with_lora,
        manifest=write_manifest("train"),
        eval_manifest=None,
        output=output,
        cache=cache,
        progress=silent,
    )
    return output


DECODERS: dict[str, Callable[[], Any]] = {
    "opt": lambda: OPTForCausalLM(
        OPTConfig(
            vocab_size=50, hidden_size=32, word_embed_proj_dim=16, ffn_dim=64, num_hidden_layers=2,
            num_attention_heads=4, max_position_embeddings=64, do_layer_norm_before=False,
        )
    ),
    "gpt2": lambda: GPT2LMHeadModel(GPT2Config(vocab_size=50, n_embd=32, n_layer=2, n_head=4, n_positions=64)),
}  # fmt: skip


@pytest.mark.parametrize("family", sorted(DECODERS))
def test_merging_changes_no_output_and_leaves_an_ordinary_decoder(family: str) -> None:
    torch.manual_seed(0)
    decoder = DECODERS[family]().eval()
    names = set(decoder.state_dict())
    ids = torch.randint(0, 50, (2, 9))
    before = decoder(ids).logits
    add_adapters(decoder=decoder, lora=Lora(rank=4))
    for name, parameter in decoder.named_parameters():
        assert parameter.requires_grad == ("lora_" in name)
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    with torch.no_grad():
        adapted = decoder(ids).logits
        merge_adapters(decoder=decoder)
        merged = decoder(ids).logits
    assert not torch.allclose(adapted, before, atol=1e-2)
    assert torch.allclose(merged, adapted, atol=1e-4)
    assert set(decoder.state_dict()) == names


def test_training_changes_adapters_and_mapping_only(adapted: Path, quick: CaptionerConfig) -> None:
    weights = load_file(adapted / "checkpoint" / "model.safetensors")
    of_adapters = [name for name in weights if "lora_" in name]
    assert len(of_adapters) == 2 * 2 * 6
    assert any(weights[name].abs().max() > 0 for name in of_adapters if "lora_B" in name)
    losses = [line["loss"] for line in read_history(adapted)]
    assert losses[-1] < losses[0]


def test_a_checkpoint_loads_merged_and_exports_as_an_ordinary_one(
    adapted: Path, cache: Path, tmp_path: Path
) -> None:
    loaded = load_checkpoint(folder=adapted, cache=cache)
    assert not any("lora" in name for name, _ in loaded.model.named_modules())
    export_hub(checkpoint=adapted, output=tmp_path / "hub", evaluation=None, rounds="")
    exported = load_file(tmp_path / "hub" / "model.safetensors")
    assert not any("lora" in name for name in exported)
    mine = load_file(adapted / "checkpoint" / "model.safetensors")
    layer = "decoder.model.decoder.layers.0.fc1"
    change = mine[f"{layer}.lora_B.default.weight"] @ mine[f"{layer}.lora_A.default.weight"] * 8 / 4
    assert torch.allclose(exported[f"{layer}.weight"], mine[f"{layer}.base_layer.weight"] + change, atol=1e-6)
    again = load_captioner(tmp_path / "hub", cache=cache)._loaded
    assert again.config.decoder.lora is None
    for name, tensor in loaded.model.state_dict().items():
        assert torch.allclose(tensor, again.model.state_dict()[name], atol=1e-6), name


def test_adapters_start_from_a_trained_checkpoint_and_full_training_from_an_adapted_one(
    trained: Path,
    adapted: Path,
    quick: CaptionerConfig,
    with_lora: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
) -> None:
    """A fresh adapter adds nothing, so the first loss is that of the checkpoint it starts from."""
    still = {
        name: dataclasses.replace(
            config,
            decoder=dataclasses.replace(config.decoder, dropout=0.0),
            training=dataclasses.replace(config.training, max_steps=1, embedding_noise=0.0),
        )
        for name, config in (("plain", quick), ("lora", with_lora))
    }
    first = {}
    for name, start, settings in (
        ("plain from trained", trained, "plain"),
        ("lora from trained", trained, "lora"),
        ("plain from adapted", adapted, "plain"),
        ("lora from adapted", adapted, "lora"),
    ):
        train(
            config=still[settings],
            manifest=write_manifest("train"),
            eval_manifest=None,
            output=tmp_path / name,
            cache=cache,
            progress=silent,
            start_from=start,
        )
        first[name] = read_history(tmp_path / name)[0]["loss"]
    assert first["lora from trained"] == pytest.approx(first["plain from trained"], rel=1e-5)
    assert first["lora from adapted"] == pytest.approx(first["plain from adapted"], rel=1e-5)


@torch.inference_mode()
def test_the_decoder_exported_alone_says_the_same_in_plain_transformers(
    adapted: Path, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the lines of its README."""
    assert main(["export-hub", str(adapted), str(tmp_path / "plain"), "--decoder-only"]) == 0
    names = {file.name for file in (tmp_path / "plain").iterdir()}
    assert names >= {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "mapping.safetensors",
        "mapping.json",
    }
    code = (tmp_path / "plain" / "README.md").read_text().split("```")[1].removeprefix("python\n")
    loaded = load_checkpoint(folder=adapted, cache=cache)
    generator = torch.Generator().manual_seed(1)
    for alt_text in ("the text that came with it", "Velora"):
        embedding_E = torch.nn.functional.normalize(torch.randn(128, generator=generator), dim=0)
        [prompt] = make_prompts(
            loaded=loaded,
            row_ids=["1"],
            alt_texts=[alt_text],
            embedding_NE=embedding_E[None],
            counts=TextCounts(),
        )
        settings = DecodeSettings(method="greedy", max_tokens=192)
        [mine] = run_decoder(loaded=loaded, prompts=[prompt], settings=settings, tick=lambda _: None)
        capsys.readouterr()
        told = code.replace("PATH", str(tmp_path / "plain")).replace("the text that came with it", alt_text)
        exec(told, {"embedding": embedding_E[None]})  # noqa: S102
        assert capsys.readouterr().out.strip() == loaded.codec.decode(mine.ids)
        assert len(mine.ids) > 3
    with pytest.raises(FolderNotEmpty):
        export_decoder(checkpoint=adapted, output=tmp_path / "plain")
