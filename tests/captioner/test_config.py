"""Settings survive JSON, and what cannot work is refused with a reason."""

import argparse
import json
from pathlib import Path

import pytest

from captioner.commands import main
from captioner.commands.settings import changed, chosen_config
from captioner.config import PRESETS, DecoderConfig, checked, from_json, get_preset, to_json
from captioner.errors import BadConfig, UnknownPreset


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_survives_json(name: str) -> None:
    assert from_json(to_json(get_preset(name))) == get_preset(name)


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownPreset, match="altogether, small, tiny"):
        get_preset("huge")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("training", "momentum"), 0.9, "no setting momentum"),
        (("training", "batch_size"), "many", "must be of type int"),
        (("training", "learning_rate"), True, "must be of type float"),
        (("decode", "method"), "magic", "must be one of"),
        (("mapping",), 3, "must be an object"),
    ],
)
def test_a_setting_that_cannot_work_is_refused(path: tuple[str, ...], value: object, reason: str) -> None:
    fields = json.loads(to_json(get_preset("tiny")))
    place = fields
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with pytest.raises(BadConfig, match=reason):
        from_json(json.dumps(fields))


def test_one_setting_is_changed_from_the_command_line() -> None:
    tiny = get_preset("tiny")
    assert changed(tiny, change="training.batch_size=7").training.batch_size == 7
    assert changed(tiny, change="decode.method=beam").decode.method == "beam"
    with pytest.raises(BadConfig, match="no setting"):
        changed(tiny, change="training.nothing=1")
    with pytest.raises(BadConfig, match="NAME=VALUE"):
        changed(tiny, change="training")


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_has_one_decoder(name: str) -> None:
    assert checked(get_preset(name)) == get_preset(name)


def test_a_second_decoder_is_refused_on_the_command_line(tmp_path: Path) -> None:
    command = ["train", "none.jsonl", str(tmp_path), "--preset", "tiny", "--set", "decoder.pretrained=opt"]
    assert main(command) == 1
    options = argparse.Namespace(recipe=None, config=None, preset="tiny")
    options.set = ["decoder.pretrained=opt"]
    with pytest.raises(BadConfig, match="both set"):
        chosen_config(options)
    options.set += ["decoder.local=null"]
    assert chosen_config(options).decoder == DecoderConfig(pretrained="opt")


def test_the_paper_s_settings_are_the_default_preset_s() -> None:
    preset = get_preset("altogether")
    assert (preset.mapping.layers, preset.mapping.visual_tokens, preset.text.alt_text_dropped) == (8, 40, 0.5)
    assert (preset.decode.top_p, preset.decode.temperature, preset.training.batch_size) == (0.7, 0.2, 512)
