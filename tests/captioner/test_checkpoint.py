"""Checkpoints: loaded whole, or refused with a reason."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from captioner.errors import FolderNotEmpty, NotACheckpoint, PickleRefused
from captioner.generation.load import load_captioner
from captioner.model.checkpoint import load_checkpoint
from captioner.model.hub import export_hub
from captioner.model.trained_model import trained_weights


@pytest.fixture
def copy(trained: Path, tmp_path: Path) -> Path:
    shutil.copytree(trained / "checkpoint", tmp_path / "copy")
    return tmp_path / "copy"


def test_weights_come_back_as_they_were_saved(trained: Path, cache: Path) -> None:
    loaded = load_checkpoint(folder=trained, cache=cache)
    saved = load_file(trained / "checkpoint" / "model.safetensors")
    assert all(torch.equal(tensor, saved[name]) for name, tensor in trained_weights(loaded.model).items())
    assert not loaded.model.training


def test_a_checkpoint_is_complete_without_the_cache(copy: Path, tmp_path: Path) -> None:
    captioner = load_captioner(copy, cache=tmp_path / "no-cache")
    picture = Image.new("RGB", (50, 30), "red")
    assert captioner.caption(picture, alt_text="Velora") == captioner.caption(picture, alt_text="Velora")
    assert not (tmp_path / "no-cache" / "encoders").exists()


def test_a_pickle_is_refused(tmp_path: Path, cache: Path) -> None:
    torch.save({"weights": torch.zeros(1)}, tmp_path / "pytorch_model.bin")
    with pytest.raises(PickleRefused, match="only safetensors"):
        load_checkpoint(folder=tmp_path, cache=cache)
    with pytest.raises(PickleRefused):
        load_checkpoint(folder=tmp_path / "pytorch_model.bin", cache=cache)


def test_another_format_version_is_refused(copy: Path, cache: Path) -> None:
    layout = json.loads((copy / "format.json").read_text())
    (copy / "format.json").write_text(json.dumps({**layout, "format_version": 0}))
    with pytest.raises(NotACheckpoint, match="has format 0, this version of the captioner reads format 1"):
        load_checkpoint(folder=copy, cache=cache)


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "decoder/config.json", "format.json"])
def test_a_damaged_file_is_refused(copy: Path, cache: Path, file: str) -> None:
    (copy / file).write_bytes(b"{ damaged")
    with pytest.raises(NotACheckpoint):
        load_checkpoint(folder=copy, cache=cache)


def test_settings_of_a_later_version_are_refused(copy: Path, cache: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "telepathy": True}))
    with pytest.raises(NotACheckpoint, match="telepathy"):
        load_checkpoint(folder=copy, cache=cache)


def test_an_empty_folder_is_no_checkpoint(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(NotACheckpoint, match="holds no captioner checkpoint"):
        load_checkpoint(folder=tmp_path, cache=cache)


def test_the_hub_s_layout_has_a_card_with_licences_data_and_metrics(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "evaluation.json").write_text(
        json.dumps({"sources": {"with_alt": {"cider": 1.25, "bleu": 30.0}}})
    )
    export_hub(
        checkpoint=trained,
        output=tmp_path / "hub",
        evaluation=tmp_path / "evaluation.json",
        rounds="rounds 1 to 3",
    )
    card = (tmp_path / "hub" / "README.md").read_text()
    assert "Trained on 30 images of rounds 1 to 3." in card
    assert "| with_alt | 30.000 | 1.250 |" in card
    assert "no third party's weights" in card
    assert "The alt-text was left out of 25% of the examples; names that only it could tell" in card
    assert "## Limits" in card
    assert load_captioner(tmp_path / "hub").caption(Image.new("RGB", (9, 9))) is not None
    with pytest.raises(FolderNotEmpty):
        export_hub(checkpoint=trained, output=tmp_path / "hub", evaluation=None, rounds="")
