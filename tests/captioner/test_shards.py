"""Shards and pre-training: streamed in an order of the seed, resumed in the middle of a shard."""

import dataclasses
import io
import json
import tarfile
from pathlib import Path

import pytest
import torch

from captioner.config import CaptionerConfig
from captioner.encoders.shared_work import embed_shards
from captioner.errors import BadManifest
from captioner.progress import silent
from captioner.samples.shards import Sample, expand, read_shard, write_shard
from captioner.training.history import read_history
from captioner.training.pretrain import pretrain
from captioner.training.sources import make_encoder


@pytest.fixture
def shards(scenes: Path, tmp_path: Path) -> list[str]:
    """Three shards of scenes with a caption and an alt-text each; one sample's image is broken, one has no text."""
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()]
    samples = [
        Sample(
            key=f"s{n:02d}", image=(scenes / row["image"]).read_bytes(), texts=(row["alt_text"], row["truth"])
        )
        for n, row in enumerate(rows)
    ]
    samples[4] = dataclasses.replace(samples[4], image=b"\x89PNG broken")
    samples[7] = dataclasses.replace(samples[7], texts=())
    for number in range(3):
        write_shard(tmp_path / f"part-{number:03d}.tar", samples[number * 13 : number * 13 + 13])
    return [str(tmp_path / "part-{000..002}.tar")]


def test_a_shard_gives_back_what_was_written(shards: list[str]) -> None:
    samples = [sample for address in expand(shards) for sample in read_shard(address)]
    assert [sample.key for sample in samples] == [f"s{n:02d}" for n in range(39)]
    assert samples[7].texts == ()
    assert len(samples[0].texts) == 2


def test_members_outside_the_root_links_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "odd.tar", "w") as archive:
        for name in ("../../escape.png", "good.png", "good.txt", ".hidden"):
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    keys = [(sample.key, sample.texts) for sample in read_shard(str(tmp_path / "odd.tar"))]
    assert keys == [("../../escape", ()), ("good", ("abc",))]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["odd.tar"]


def test_what_is_no_shard_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(BadManifest, match="cannot be read"):
        list(read_shard(str(tmp_path / "x.tar")))


def test_embedding_shards_reports_the_broken_image(
    shards: list[str], quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    encoder = make_encoder(config=quick, cache=cache, progress=silent, device=torch.device("cpu"))
    report = embed_shards(patterns=shards, encoder=encoder, cache=tmp_path, progress=silent)
    assert list(report.unreadable_images) == ["s04"]
    assert (report.shards, report.images, report.images_encoded) == (3, 39, 38)


def test_pre_training_cancelled_in_mid_shard_goes_on_to_the_same_losses(
    shards: list[str], quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    config = dataclasses.replace(
        quick,
        training=dataclasses.replace(
            quick.training, bucket_batches=2, save_every_seconds=0.0, max_steps=14, epochs=9.0
        ),
    )

    def stopping(*, done: int, total: int, message: str) -> None:
        if message == "training" and done == 8:
            raise KeyboardInterrupt

    whole = pretrain(
        config=config, shards=shards, samples=37, output=tmp_path / "whole", cache=cache, progress=silent
    )
    with pytest.raises(KeyboardInterrupt):
        pretrain(
            config=config, shards=shards, samples=37, output=tmp_path / "part", cache=cache, progress=stopping
        )
    part = pretrain(
        config=config, shards=shards, samples=37, output=tmp_path / "part", cache=cache, progress=silent
    )
    assert (whole.steps, whole.rows_without_caption > 0, list(whole.unreadable_images)) == (14, True, ["s04"])
    assert part.resumed_from_step in (7, 8)
    first, second = (
        [line["loss"] for line in read_history(tmp_path / name) if "loss" in line]
        for name in ("whole", "part")
    )
    assert len(first) == 14
    assert first == second
