"""Settings survive JSON, and what cannot work is refused with a reason."""

import argparse
import dataclasses
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from captioner.commands import main
from captioner.commands.settings import add_decoding, changed, chosen_config, chosen_decoding
from captioner.config import (
    PRESETS,
    CaptionerConfig,
    DecoderConfig,
    DecodeSettings,
    Lora,
    from_json,
    get_preset,
    to_json,
)
from captioner.errors import BadConfig, UnknownPreset


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_survives_json(name: str) -> None:
    assert from_json(to_json(get_preset(name))) == get_preset(name)


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownPreset, match="altogether, small, tiny"):
        get_preset("huge")


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("training.momentum", 0.9, "There is no setting training.momentum."),
        ("line\nbreak", 0.9, 'There is no setting "line\\nbreak".'),
        ("training.batch_size", "many", 'training.batch_size must be a whole number, not "many".'),
        ("training.batch_size", "64", 'training.batch_size must be a whole number, not "64".'),
        ("training.batch_size", 0, "training.batch_size must be 1 or more, not 0."),
        ("training.learning_rate", True, "training.learning_rate must be a number, not true."),
        ("training.learning_rate", 0.0, "training.learning_rate must be more than 0, not 0.0."),
        ("training.betas", [0.9, 1.0], "training.betas.1 must be less than 1, not 1.0."),
        ("training.betas", [0.9], "training.betas.1 is missing."),
        (
            "training.betas",
            [0.9, 0.9, 0.9],
            "training.betas must be a list of 2 values, not [0.9, 0.9, 0.9].",
        ),
        ("training.betas", 0.9, "training.betas must be a list, not 0.9."),
        ("training.sharded", 1, "training.sharded must be true or false, not 1."),
        ("training.seed", 2**32, "training.seed must be less than 4294967296, not 4294967296."),
        ("text.renamed", 1.5, "text.renamed must be 1 or less, not 1.5."),
        (
            "decode.method",
            "magic",
            "decode.method must be one of 'greedy', 'nucleus' or 'beam', not \"magic\".",
        ),
        ("name", 3, "name must be a text, not 3."),
        ("encoder.model", "", 'encoder.model must be a text that is not empty, not "".'),
        ("mapping", 3, "mapping must be a group of settings, not 3."),
        ("mapping", "x" * 200, f'mapping must be a group of settings, not "{"x" * 79}….'),
        (
            "decoder.local.width",
            30,
            "decoder.local.width (30) must be a multiple of decoder.local.heads (4).",
        ),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_its_dotted_name(
    setting: str, value: object, reason: str
) -> None:
    assert refusal({setting: value}) == [reason]


def number_settings(kind: Any = CaptionerConfig, prefix: str = "") -> Iterator[str]:
    """The dotted names of all settings that are decimal numbers."""
    for name, hint in get_type_hints(kind).items():
        inner = next((option for option in get_args(hint) if dataclasses.is_dataclass(option)), hint)
        if dataclasses.is_dataclass(inner):
            yield from number_settings(inner, f"{prefix}{name}.")
        elif hint is float:
            yield f"{prefix}{name}"


def test_no_setting_is_nan_or_infinite() -> None:
    names = sorted(number_settings())
    assert {"training.learning_rate", "decode.top_p", "decoder.lora.dropout"} <= set(names)
    for value in (math.nan, math.inf, -math.inf):
        shown = json.dumps(value)
        assert sorted(refusal(dict.fromkeys(names, value))) == [
            f"{name} must be a finite number, not {shown}." for name in names
        ]


def test_all_faults_are_said_at_once() -> None:
    assert refusal(
        {"encoder": None, "mapping.layers": -1, "decode.seed": "x", "training.precision": "int8"}
    ) == [
        "encoder must be a group of settings, not null.",
        "mapping.layers must be 1 or more, not -1.",
        "training.precision must be one of 'fp32', 'bf16' or 'fp16', not \"int8\".",
        'decode.seed must be a whole number, not "x".',
    ]
    with pytest.raises(BadConfig) as refused:
        from_json('{"name": "x"}')
    assert str(refused.value).splitlines() == ["encoder is missing.", "decoder is missing."]


@pytest.mark.parametrize("text", ["", "[", '"\\ud800"', "\ufeff{}"])
def test_what_is_not_json_is_one_line(text: str) -> None:
    with pytest.raises(BadConfig, match=r"\AThe settings are not JSON: [^\n]+\Z"):
        from_json(text)


def refusal(changes: dict[str, object]) -> list[str]:
    """The lines in which the tiny preset is refused with these changes."""
    fields = json.loads(to_json(get_preset("tiny")))
    for setting, value in changes.items():
        *path, last = setting.split(".")
        place = fields
        for part in path:
            place[part] = place[part] or {}
            place = place[part]
        place[last] = value
    with pytest.raises(BadConfig) as refused:
        from_json(json.dumps(fields))
    return str(refused.value).splitlines()


def test_settings_are_changed_from_the_command_line() -> None:
    tiny = get_preset("tiny")
    mine = changed(tiny, changes=["training.batch_size=7", "decode.method=beam", "decoder.lora.rank=2"])
    assert (mine.training.batch_size, mine.decode.method, mine.decoder.lora) == (7, "beam", Lora(rank=2))
    with pytest.raises(BadConfig, match=r"There is no setting training\.nothing"):
        changed(tiny, changes=["training.nothing=1"])
    with pytest.raises(BadConfig, match="There is no setting nothing"):
        changed(tiny, changes=["nothing.rank=1"])
    with pytest.raises(BadConfig, match="NAME=VALUE"):
        changed(tiny, changes=["training"])


def decoding(*words: str) -> DecodeSettings:
    parser = argparse.ArgumentParser()
    add_decoding(parser)
    return chosen_decoding(parser.parse_args(words), default=DecodeSettings(slots=3))


def test_every_decode_setting_has_an_option() -> None:
    assert decoding() == DecodeSettings(slots=3)
    other = DecodeSettings(
        method="beam", top_p=0.5, temperature=0.0, beams=2, max_tokens=9, seed=8, stop_loops=True, slots=7
    )
    fields = dataclasses.asdict(other)
    assert all(value != getattr(DecodeSettings(slots=3), name) for name, value in fields.items())
    words = [
        f"--{name.replace('_', '-')}" if value is True else f"--{name.replace('_', '-')}={value}"
        for name, value in fields.items()
    ]
    assert decoding(*words) == other


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("--top-p=1.5", "argument --top-p: must be 1 or less"),
        ("--temperature=nan", "argument --temperature: must be a finite number"),
        ("--beams=0", "argument --beams: must be 1 or more"),
        ("--slots=many", "argument --slots: must be a whole number"),
        ("--method=magic", "argument --method: must be one of 'greedy', 'nucleus' or 'beam'"),
    ],
)
def test_an_option_that_cannot_work_is_wrong_usage(
    option: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        decoding(option)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_a_second_decoder_is_refused_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", "none.jsonl", str(tmp_path), "--preset", "tiny", "--set", "decoder.pretrained=opt"]
    assert main(command) == 1
    assert capsys.readouterr().err.startswith(
        "train: decoder.pretrained ('opt') and decoder.local are both set"
    )
    options = argparse.Namespace(recipe=None, config=None, preset="tiny")
    options.set = ["decoder.pretrained=opt", "decoder.local=null"]
    assert chosen_config(options).decoder == DecoderConfig(pretrained="opt")


def test_the_paper_s_settings_are_the_default_preset_s() -> None:
    preset = get_preset("altogether")
    assert (preset.mapping.layers, preset.mapping.visual_tokens, preset.text.alt_text_dropped) == (8, 40, 0.5)
    assert (preset.decode.top_p, preset.decode.temperature, preset.training.batch_size) == (0.7, 0.2, 512)
