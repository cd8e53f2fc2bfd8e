"""A modern decoder beside OPT (grouped heads, rotary positions, gated layers), from a folder, trained and generated with."""

import dataclasses
from pathlib import Path

import pytest
import torch
from tokenizers.implementations import ByteLevelBPETokenizer
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from captioner.config import CaptionerConfig, DecoderConfig, DecodeSettings
from captioner.generation.decoding import Prompt
from captioner.generation.load import run_decoder
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint
from captioner.progress import silent
from captioner.training.history import read_history
from captioner.training.train import train
from tests.captioner.conftest import WriteManifest


@pytest.fixture(scope="module")
def qwen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Qwen2 of random weights as its makers publish one; its words have no begin token."""
    folder = tmp_path_factory.mktemp("qwen")
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        iter(["two small red dots"]), special_tokens=["<|endoftext|>"], show_progress=False
    )
    PreTrainedTokenizerFast(
        tokenizer_object=trainer._tokenizer, eos_token="<|endoftext|>", pad_token="<|endoftext|>"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=trainer.get_vocab_size(),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        bos_token_id=None,
        eos_token_id=0,
    )
    Qwen2ForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def loaded(
    qwen: Path,
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path_factory: pytest.TempPathFactory,
) -> LoadedCaptioner:
    output = tmp_path_factory.mktemp("trained")
    train(
        config=dataclasses.replace(quick, decoder=DecoderConfig(pretrained=str(qwen))),
        manifest=write_manifest("train"),
        eval_manifest=write_manifest("eval"),
        output=output,
        cache=cache,
        progress=silent,
    )
    losses = [line["loss"] for line in read_history(output) if "loss" in line]
    assert losses[-1] < losses[0] - 0.5
    return load_checkpoint(folder=output, cache=cache)


@torch.inference_mode()
def test_its_greedy_captions_equal_plain_recomputation(loaded: LoadedCaptioner) -> None:
    generator = torch.Generator().manual_seed(0)
    prompts = [
        Prompt(
            row_id=str(number),
            embedding_E=torch.nn.functional.normalize(torch.randn(128, generator=generator), dim=0),
            alt_ids=tuple(ids),
        )
        for number, ids in enumerate(loaded.codec.encode(["", "two red dots", "x", "small", "", "dots"]))
    ]
    settings = DecodeSettings(method="greedy", max_tokens=8, slots=4)
    made = run_decoder(loaded=loaded, prompts=prompts, settings=settings, tick=lambda _: None)
    for prompt, generated in zip(prompts, made, strict=True):
        ids = [*prompt.alt_ids, loaded.codec.separator_id]
        for expected in generated.ids:
            text = loaded.model.embed_ids(torch.tensor([ids]))
            inputs = torch.cat((loaded.model.prefix(prompt.embedding_E[None]), text), dim=1)
            logits = loaded.model.decoder(inputs_embeds=inputs).logits[0, -1]
            assert int(logits.argmax()) == expected
            ids.append(expected)
