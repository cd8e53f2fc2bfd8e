"""Recipes: files of settings, on their own or on top of a preset."""

from pathlib import Path

import pytest

from captioner.config import PRESETS, Lora, get_preset
from captioner.errors import BadConfig
from captioner.recipe import read_recipe, shipped


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_has_a_recipe_that_says_the_same(name: str) -> None:
    assert read_recipe(name) == get_preset(name)


def test_every_recipe_that_comes_along_is_named_after_its_file() -> None:
    assert {name: read_recipe(name).name for name in shipped()} == {name: name for name in shipped()}
    assert read_recipe("unfrozen").encoder.unfrozen
    assert read_recipe("opt-2.7b-lora").decoder.lora == Lora(rank=16, alpha=32)


def test_a_file_changes_what_it_is_based_on(tmp_path: Path) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text('name = "mine"\nbased_on = "tiny"\n[training]\nbatch_size = 8\nbetas = [0.9, 0.95]\n')
    mine, tiny = read_recipe(str(recipe)), get_preset("tiny")
    assert (mine.name, mine.training.batch_size, mine.training.betas) == ("mine", 8, (0.9, 0.95))
    assert (mine.decoder, mine.training.max_steps) == (tiny.decoder, tiny.training.max_steps)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "cannot be read"),
        (
            'name = "x"\nbased_on = "tiny"\n[training]\nmomentum = 1.0\n',
            "There is no setting training.momentum",
        ),
        ('name = "x"\n', "encoder is missing.\ndecoder is missing."),
        (
            'name = "x"\nbased_on = "tiny"\n[training]\nepochs = nan\n',
            "training.epochs must be a finite number",
        ),
        (
            'name = "x"\nbased_on = "tiny"\n[training]\nepochs = 2026-01-01\n',
            "training.epochs must be a number",
        ),
        ('name = "x"\nbased_on = "tiny"\n[decoder]\npretrained = "opt"\n', "decoder.local are both set"),
        ('name = "x"\nbased_on = "small"\n[decoder.local]\n', "decoder.local are both set"),
        ('name = "x"\nbased_on = "small"\n[decoder]\npretrained = ""\n', "No decoder is set"),
        ('name = "x"\nbased_on = "small"\n[encoder]\nsource = "scenes"\n', "has no weights to fetch"),
    ],
)
def test_what_cannot_work_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(BadConfig, match=reason):
        read_recipe(str(tmp_path / "bad.toml"))


def test_an_unknown_recipe_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadConfig, match="altogether, altogether-pretrain, opt-125m"):
        read_recipe("grand")
