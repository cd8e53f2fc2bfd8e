"""Training the image tower too: it changes, resumes exactly, and its embeddings never mix with the frozen one's."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor, CLIPTokenizer

from captioner.config import CaptionerConfig, EncoderConfig
from captioner.encoders.choice import load_encoder
from captioner.encoders.scenes_encoder import cached_folder
from captioner.errors import ConfigMismatch
from captioner.evaluate import evaluate
from captioner.model.checkpoint import load_checkpoint
from captioner.progress import silent
from captioner.samples.shards import Sample, write_shard
from captioner.training.history import read_history
from captioner.training.pretrain import pretrain
from captioner.training.train import train
from tests.captioner.conftest import WriteManifest


class Stopped(Exception):
    """Raised by a progress callback to cancel."""


@pytest.fixture(scope="module")
def unfrozen(quick: CaptionerConfig) -> CaptionerConfig:
    return dataclasses.replace(
        quick,
        encoder=dataclasses.replace(quick.encoder, unfrozen=True),
        training=dataclasses.replace(quick.training, max_steps=8, save_every_seconds=0.0),
    )


@pytest.fixture(scope="module")
def tuned(
    unfrozen: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    output = tmp_path_factory.mktemp("tuned")
    train(
        config=unfrozen,
        manifest=write_manifest("train"),
        eval_manifest=write_manifest("eval"),
        output=output,
        cache=cache,
        progress=silent,
    )
    return output


def test_the_tower_changes_and_the_cached_encoder_does_not(tuned: Path, cache: Path) -> None:
    weights = load_file(tuned / "checkpoint" / "model.safetensors")
    untrained = load_file(cached_folder(cache=cache, model="scenes-64") / "model.safetensors")
    towers = {
        name.removeprefix("tower."): tensor for name, tensor in weights.items() if name.startswith("tower.")
    }
    assert set(towers) == {name.removeprefix("visual.") for name in untrained if name.startswith("visual.")}
    assert all(not torch.equal(tensor, untrained[f"visual.{name}"]) for name, tensor in towers.items())


def test_the_loaded_encoder_is_the_trained_one_under_a_name_of_its_own(
    tuned: Path, trained: Path, cache: Path
) -> None:
    loaded, frozen = (load_checkpoint(folder=folder, cache=cache) for folder in (tuned, trained))
    assert loaded.encoder.key.startswith(f"{frozen.encoder.key}-tuned-")
    assert loaded.model.tower is loaded.encoder.image_tower()
    pixels = torch.randn(1, 3, 64, 64)
    assert not torch.allclose(
        loaded.encoder.embed_pixels(pixels), frozen.encoder.embed_pixels(pixels), atol=1e-3
    )


def test_it_is_evaluated_on_its_own_embeddings(
    tuned: Path, unfrozen: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    """The last CIDEr-D of the training is that of the published checkpoint, measured apart on the same rows."""
    manifest = tmp_path / "eval.jsonl"
    lines = write_manifest("eval").read_text().splitlines(keepends=True)
    manifest.write_text("".join(lines[: unfrozen.training.evaluation_rows]))
    report = evaluate(
        checkpoint=tuned,
        manifest=manifest,
        output=tmp_path / "evaluation.json",
        cache=cache,
        decode=unfrozen.decode,
        progress=silent,
    )
    while_training = [line["eval_cider"] for line in read_history(tuned) if "eval_cider" in line][-1]
    assert report.sources["with_alt"]["cider"] == pytest.approx(while_training, abs=1e-3)


def test_cancelled_it_goes_on_to_the_same_losses(
    tuned: Path, unfrozen: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    def stopping(*, done: int, total: int, message: str) -> None:
        if message == "training" and done == 4:
            raise Stopped

    arguments = {
        "config": unfrozen,
        "manifest": write_manifest("train"),
        "eval_manifest": write_manifest("eval"),
        "output": tmp_path,
        "cache": cache,
    }
    with pytest.raises(Stopped):
        train(**arguments, progress=stopping)  # type: ignore[arg-type]
    report = train(**arguments, progress=silent)  # type: ignore[arg-type]
    assert report.resumed_from_step >= 3
    losses = [
        [line["loss"] for line in read_history(folder) if "loss" in line] for folder in (tmp_path, tuned)
    ]
    assert losses[0] == losses[1]


def test_it_starts_from_a_frozen_one_but_not_the_other_way_round(
    trained: Path,
    tuned: Path,
    quick: CaptionerConfig,
    unfrozen: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
) -> None:
    arguments = {
        "manifest": write_manifest("train"),
        "eval_manifest": None,
        "cache": cache,
        "progress": silent,
    }
    started = train(config=unfrozen, output=tmp_path / "one", start_from=trained, **arguments)  # type: ignore[arg-type]
    assert read_history(tmp_path / "one")[0]["loss"] < read_history(trained)[0]["loss"] - 0.5
    assert started.steps == 8
    with pytest.raises(ConfigMismatch, match="another image encoder"):
        train(config=quick, output=tmp_path / "two", start_from=tuned, **arguments)  # type: ignore[arg-type]


def test_pre_training_reads_pixels_from_shards(
    unfrozen: CaptionerConfig, scenes: Path, cache: Path, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()][:16]
    samples = [
        Sample(key=f"s{number:02d}", image=(scenes / row["image"]).read_bytes(), texts=(row["truth"],))
        for number, row in enumerate(rows)
    ]
    write_shard(tmp_path / "part.tar", samples)
    pretrain(
        config=unfrozen,
        shards=[str(tmp_path / "part.tar")],
        samples=16,
        output=tmp_path / "run",
        cache=cache,
        progress=silent,
    )
    losses = [line["loss"] for line in read_history(tmp_path / "run")]
    assert losses[-1] < losses[0]


@pytest.fixture
def clip_of_transformers(tmp_path: Path) -> Path:
    """A CLIP of transformers with random weights, its processor and its words, as a folder."""
    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config={**small, "vocab_size": 9, "bos_token_id": 1, "eos_token_id": 0, "pad_token_id": 0},
        vision_config={**small, "image_size": 32, "patch_size": 16},
        projection_dim=16,
    )
    CLIPModel(config).save_pretrained(tmp_path)
    words = {"<|endoftext|>": 0, "<|startoftext|>": 1, "a</w>": 2, "b</w>": 3}
    tokenizer = CLIPTokenizer(vocab=words, merges=[])
    CLIPProcessor(CLIPImageProcessor(), tokenizer).save_pretrained(tmp_path)
    return tmp_path


def test_of_a_model_of_transformers_only_the_image_side_learns(clip_of_transformers: Path) -> None:
    config = EncoderConfig(source="transformers", model=str(clip_of_transformers), unfrozen=True)
    encoder = load_encoder(config=config, cache=clip_of_transformers, progress=silent)
    assert encoder.embed_images([Image.new("RGB", (50, 20), "red")]).shape == (1, encoder.width) == (1, 16)
    tower = encoder.unfreeze()
    encoder.embed_pixels(torch.randn(2, 3, 32, 32)).sum().backward()  # type: ignore[no-untyped-call]
    learning = {name for name, parameter in tower.named_parameters() if parameter.requires_grad}
    assert learning == {name for name, parameter in tower.named_parameters() if parameter.grad is not None}
    assert len(learning) > 10
