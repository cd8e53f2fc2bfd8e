"""A checkpoint that training may start from: what is found in it, which recipes it fits, and why it does not fit others."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig, get_preset
from captioner.errors import (
    ConfigMismatch,
    FetchFailed,
    NotACheckpoint,
    PickleRefused,
    WeightsUnavailable,
)
from captioner.model.checkpoint import load_checkpoint
from captioner.model.fetch import fetch_checkpoint
from captioner.model.start import checkpoint_sha256, inspect_checkpoint, misfit, refuse_misfit
from tests.captioner.model_hub import COMMIT, ModelHub, running_model_hub


@pytest.fixture
def copied(trained: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    shutil.copytree(trained / "checkpoint", folder)
    return folder


def test_what_is_found_in_it(trained: Path, copied: Path, quick: CaptionerConfig, cache: Path) -> None:
    recipes = {"quick": quick, "small": get_preset("small")}
    found = inspect_checkpoint(folder=copied, recipes=recipes)
    model = load_checkpoint(folder=copied, cache=cache).model
    assert found.parameters == sum(parameter.numel() for parameter in model.parameters())
    assert found.settings == dataclasses.asdict(quick)
    assert found.card == (copied / "README.md").read_text()
    assert found.byte_count > 0
    assert found.misfits["quick"] == ""
    assert "image encoder is scenes-64 (scenes); the recipe 'small' has ViT-B-32" in found.misfits["small"]
    assert found.sha256 == checkpoint_sha256(trained)


def test_its_hash_is_of_what_training_reads(copied: Path) -> None:
    before = checkpoint_sha256(copied)
    (copied / "README.md").write_text("Another card.")
    assert checkpoint_sha256(copied) == before
    (copied / "tokenizer" / "tokenizer_config.json").write_text("{}")
    assert checkpoint_sha256(copied) != before


def _other(config: CaptionerConfig, part: str, **changes: Any) -> CaptionerConfig:
    return dataclasses.replace(config, **{part: dataclasses.replace(getattr(config, part), **changes)})


def test_each_part_that_does_not_fit_is_named_with_what_to_do(quick: CaptionerConfig, copied: Path) -> None:
    others = {
        "image encoder": dataclasses.replace(
            quick, encoder=EncoderConfig(source="open_clip", model="ViT-B-32")
        ),
        "decoder": dataclasses.replace(quick, decoder=DecoderConfig(pretrained="facebook/opt-125m")),
        "mapping.visual_tokens is 4": _other(quick, "mapping", visual_tokens=9),
        "mapping.layers is 1": _other(quick, "mapping", layers=2),
    }
    for part, config in others.items():
        reason = misfit(theirs=quick, ours=config)
        assert part in reason
        assert "Choose a recipe" in reason
        with pytest.raises(ConfigMismatch, match=part):
            refuse_misfit(folder=copied, config=config)
    tuned = _other(quick, "encoder", unfrozen=True)
    assert "trained too" in misfit(theirs=tuned, ours=quick)
    assert misfit(theirs=quick, ours=tuned) == ""
    assert misfit(theirs=quick, ours=_other(quick, "training", batch_size=99)) == ""


def test_a_recipe_that_names_no_revision_takes_any(quick: CaptionerConfig) -> None:
    """A run with fetched weights writes their revisions into its settings."""
    recipe = dataclasses.replace(
        quick,
        encoder=EncoderConfig(source="open_clip", model="ViT-B-32", pretrained="a-tag"),
        decoder=DecoderConfig(pretrained="facebook/opt-125m"),
    )
    used = dataclasses.replace(
        recipe,
        encoder=dataclasses.replace(recipe.encoder, pretrained="a-tag@abc"),
        decoder=DecoderConfig(pretrained="facebook/opt-125m@def"),
    )
    assert misfit(theirs=used, ours=recipe) == ""
    assert misfit(theirs=used, ours=used) == ""
    other = dataclasses.replace(used, decoder=DecoderConfig(pretrained="facebook/opt-125m@other"))
    assert "Its decoder is facebook/opt-125m@def" in misfit(theirs=used, ours=other)
    other = _other(used, "encoder", pretrained="a-tag@other")
    assert "Its image encoder is ViT-B-32 a-tag@abc" in misfit(theirs=used, ours=other)


@pytest.fixture
def hub(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelHub]:
    """One whose repository holds the checkpoint, and what nobody should fetch."""
    with running_model_hub() as hub:
        files = [file for file in copied.rglob("*") if file.is_file()]
        hub.files = {file.relative_to(copied).as_posix(): file.read_bytes() for file in files}
        hub.files |= {"model.bin": b"a pickle", "code.py": b"code", "decoder/code.py": b"code"}
        hub.large = {"model.safetensors"}
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def test_one_of_the_hub_is_fetched_whole(hub: ModelHub, trained: Path, tmp_path: Path) -> None:
    hub.cut = {"model.safetensors": 1_000}
    fetch_checkpoint(repository=f"o/n@{COMMIT}", folder=tmp_path / "fetched")
    assert checkpoint_sha256(tmp_path / "fetched") == checkpoint_sha256(trained)
    assert not [name for name in hub.given if name.endswith((".bin", ".py"))]


@pytest.mark.parametrize(
    ("changes", "repository", "refusal"),
    [
        ({"wrong": {"model.safetensors"}}, "o/n", "did not arrive as it was listed"),
        ({"files": {"model.bin": b"a pickle"}}, "o/n", "holds no captioner checkpoint"),
        ({"files": {"encoder/../../x": b"x"}}, "o/n", "holds no captioner checkpoint"),
        ({"status": 503}, "o/n", "answered 503"),
        ({}, "o/other", "has no repository"),
        ({}, "https://host/o/n", "neither a folder on this machine nor a repository"),
    ],
)
def test_one_that_cannot_be_fetched_leaves_nothing(
    hub: ModelHub, tmp_path: Path, changes: dict[str, Any], repository: str, refusal: str
) -> None:
    for name, value in changes.items():
        setattr(hub, name, value)
    with pytest.raises((FetchFailed, WeightsUnavailable), match=refusal) as error:
        fetch_checkpoint(repository=repository, folder=tmp_path / "bases" / "fetched")
    assert len(str(error.value).splitlines()) == 1
    assert not list(tmp_path.glob("bases/*"))


def test_what_is_broken_or_foreign_is_refused_with_one_line(copied: Path, quick: CaptionerConfig) -> None:
    weights = copied / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: len(whole) // 2])
    refused(copied, "incomplete or broken")
    weights.unlink()
    refused(copied, "incomplete or broken")
    weights.write_bytes(whole)

    settings = copied / "config.json"
    said = json.loads(settings.read_text())
    settings.write_text(json.dumps({**said, "mapping": {**said["mapping"], "visual_tokens": 9}}))
    refused(copied, "do not fit its settings")
    settings.write_text(json.dumps({**said, "momentum": 1}))
    refused(copied, "cannot be read")
    settings.write_text(json.dumps(said))

    decoder = copied / "decoder" / "config.json"
    was = decoder.read_text()
    decoder.write_text(json.dumps({"model_type": "theirs", "auto_map": {"AutoConfig": "code.Config"}}))
    refused(copied, "describes no decoder that can be built")
    decoder.write_text(was)
    inspect_checkpoint(folder=copied, recipes={"quick": quick})

    (copied / "format.json").unlink()
    refused(copied, "holds no captioner checkpoint")
    (copied / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(PickleRefused):
        inspect_checkpoint(folder=copied, recipes={})


def refused(folder: Path, reason: str) -> None:
    with pytest.raises(NotACheckpoint, match=reason) as error:
        inspect_checkpoint(folder=folder, recipes={})
    assert len(str(error.value).splitlines()) == 1
