"""The command in each recipe's heading runs: every option of it, with few rows, few steps, and small weights from this disk
instead of those that would be fetched."""

import argparse
import json
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from accelerate.commands.launch import launch_command_parser
from tokenizers.implementations import ByteLevelBPETokenizer
from torch.distributed.run import get_args_parser
from transformers import OPTConfig, OPTForCausalLM, PreTrainedTokenizerFast

from captioner.commands import main
from captioner.recipe import SHIPPED, read_recipe, shipped
from captioner.samples.shards import Sample, write_shard
from tests.captioner.conftest import WriteManifest

SMALL = [
    "encoder.source=scenes",
    "encoder.model=scenes-64",
    "encoder.pretrained=",
    *("mapping.layers=1", "mapping.heads=4", "mapping.projected=2", "mapping.visual_tokens=2"),
    *("training.max_steps=1", "training.batch_size=4", "training.micro_batch_size=2"),
    *("training.precision=fp32", "training.warmup_steps=0", "text.alt_text_tokens=16"),
    "text.caption_tokens=24",
]


def commands_of(recipe: str) -> list[list[str]]:
    """The indented lines of its heading, as a shell would read them."""
    heading = [line for line in (SHIPPED / f"{recipe}.toml").read_text().splitlines() if line.startswith("#")]
    indented = "\n".join(line[1:].strip() for line in heading if line.startswith("#   "))
    return [shlex.split(line) for line in indented.replace("\\\n", " ").splitlines()]


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An OPT of random weights as its makers publish one."""
    folder = tmp_path_factory.mktemp("opt")
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        iter(["two small red dots"]), special_tokens=["<s>", "<pad>", "</s>"], show_progress=False
    )
    PreTrainedTokenizerFast(
        tokenizer_object=trainer._tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = OPTConfig(
        vocab_size=trainer.get_vocab_size(),
        hidden_size=32,
        ffn_dim=64,
        num_hidden_layers=1,
        num_attention_heads=4,
        max_position_embeddings=128,
        word_embed_proj_dim=32,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
    )
    OPTForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture
def at_hand(
    tmp_path: Path, scenes: Path, write_manifest: WriteManifest, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder with what the headings speak of, but for what they make themselves."""
    shutil.copyfile(write_manifest("train"), tmp_path / "train.jsonl")
    (tmp_path / "shards").mkdir()
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()]
    for number in range(2):
        few = rows[number * 4 : number * 4 + 4]
        samples = [
            Sample(
                key=Path(row["image"]).stem,
                image=(scenes / row["image"]).read_bytes(),
                texts=(row["alt_text"], row["truth"]),
            )
            for row in few
        ]
        write_shard(tmp_path / f"shards/{number:03d}.tar", samples)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def unlaunched(command: Sequence[str]) -> list[str]:
    """What `python -m captioner` is given; the launcher's own words are read by the launcher."""
    launcher, *arguments = command
    parsers: dict[str, argparse.ArgumentParser] = {"torchrun": get_args_parser()}
    if launcher == "accelerate":
        assert arguments.pop(0) == "launch"
        parsers["accelerate"] = launch_command_parser()
    if launcher in parsers:
        told: Any = parsers[launcher].parse_args(arguments)
        assert told.module
        return [told.training_script, *told.training_script_args]
    assert (launcher, arguments[0]) == ("python", "-m")
    return arguments[1:]


def smaller(arguments: Sequence[str], *, decoder: Path, cache: Path) -> list[str]:
    program, command, *rest = arguments
    assert program == "captioner"
    few = {"shards/{000..999}.tar": "shards/{000..001}.tar", "22000000": "8", "400": "12"}
    rest = [few.get(argument, argument) for argument in rest]
    if command not in {"train", "pretrain"}:
        return [command, *rest]
    settings = list(SMALL)
    if read_recipe(rest[rest.index("--recipe") + 1]).decoder.local is None:
        settings.append(f"decoder.pretrained={decoder}")
    changes = [word for setting in settings for word in ("--set", setting)]
    return [command, *rest, *changes, "--cache", str(cache)]


@pytest.mark.parametrize("recipe", shipped())
def test_the_heading_s_command_runs(recipe: str, decoder: Path, cache: Path, at_hand: Path) -> None:
    commands = commands_of(recipe)
    assert commands
    for command in commands:
        assert main(smaller(unlaunched(command), decoder=decoder, cache=cache)) == 0
    made = list((at_hand / "runs").glob("*/checkpoint/format.json"))
    assert len(made) == sum("--recipe" in command for command in commands)
