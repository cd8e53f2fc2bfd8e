"""What the captioner's tests share: a folder of scenes, an encoder made in a moment, and settings that train in seconds."""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from captioner.config import CaptionerConfig, LocalDecoder, get_preset
from captioner.encoders.scenes_encoder import cached_folder, make_scenes_encoder
from captioner.progress import silent
from captioner.scenes import write_scenes
from captioner.training.train import train
from tests.captioner.two_processes import Plain, train_alone

torch.set_num_threads(1)

WriteManifest = Callable[..., Path]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache whose encoder had two steps of training: it tells images apart, and no more."""
    folder = tmp_path_factory.mktemp("cache")
    encoder = cached_folder(cache=folder, model="scenes-64")
    encoder.mkdir(parents=True)
    make_scenes_encoder(folder=encoder, progress=silent, steps=2, scenes=256)
    return folder


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty scenes, ten of them held out."""
    folder = tmp_path_factory.mktemp("scenes") / "set"
    write_scenes(output=folder, count=40, seed=5, split_eval=0.25, size=96, progress=silent)
    return folder


@pytest.fixture(scope="session")
def write_manifest(scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> WriteManifest:
    """Writes the manifest of a split of the scenes, with changed fields where asked."""

    def write(split: str, **changes: Any) -> Path:
        path = tmp_path_factory.mktemp("manifest") / f"{split}.jsonl"
        lines = (scenes / "manifest.jsonl").read_text().splitlines()
        rows = [row for row in map(json.loads, lines) if row["split"] == split]
        path.write_text("".join(json.dumps({**manifest_row(scenes, row), **changes}) + "\n" for row in rows))
        return path

    return write


def manifest_row(scenes: Path, row: dict[str, Any]) -> dict[str, Any]:
    image = scenes / row["image"]
    return {
        "row_id": image.stem,
        "image": str(image),
        "sha256": hashlib.sha256(image.read_bytes()).hexdigest(),
        "alt_texts": [row["alt_text"]],
        "caption": row["truth"],
        "references": [row["truth"]],
        "source": "scenes",
        "domain": row["domain"],
    }


@pytest.fixture(scope="session")
def quick() -> CaptionerConfig:
    """The tiny preset, smaller still: twelve steps of eight rows."""
    tiny = get_preset("tiny")
    return dataclasses.replace(
        tiny,
        text=dataclasses.replace(tiny.text, alt_text_dropped=0.25, renamed=0.0),
        decoder=dataclasses.replace(
            tiny.decoder, local=LocalDecoder(width=32, layers=2, heads=4, vocabulary=400), dropout=0.1
        ),
        training=dataclasses.replace(
            tiny.training, batch_size=8, micro_batch_size=4, max_steps=12, evaluate_every=6, evaluation_rows=4
        ),
        decode=dataclasses.replace(tiny.decode, max_tokens=12, slots=4),
    )


@pytest.fixture(scope="session")
def trained(
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The output of a finished training."""
    output = tmp_path_factory.mktemp("trained")
    train(
        config=quick,
        manifest=write_manifest("train"),
        eval_manifest=write_manifest("eval"),
        output=output,
        cache=cache,
        progress=silent,
    )
    return output


@pytest.fixture(scope="session")
def plain(
    quick: CaptionerConfig,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Plain:
    """Eight steps without randomness inside the model."""
    config = dataclasses.replace(
        quick,
        decoder=dataclasses.replace(quick.decoder, dropout=0.0),
        # Thirty rows in batches of eight and pieces of four: the last batch has fewer rows than the others.
        training=dataclasses.replace(
            quick.training, embedding_noise=0.0, max_steps=8, evaluate_every=4, save_every_seconds=0.0
        ),
    )
    made = Plain(
        config=config,
        manifest=write_manifest("train"),
        held_out=write_manifest("eval"),
        cache=cache,
        alone=tmp_path_factory.mktemp("alone"),
    )
    train_alone(made, made.alone)
    return made
