"""A checkpoint that training may start from: what is found in it, which recipes it fits, and why it does not fit others."""

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from captioner.config import CaptionerConfig, DecoderConfig, EncoderConfig, get_preset
from captioner.errors import ConfigMismatch, NotACheckpoint, PickleRefused
from captioner.model.checkpoint import load_checkpoint
from captioner.model.start import checkpoint_sha256, inspect_checkpoint, misfit, refuse_misfit


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
