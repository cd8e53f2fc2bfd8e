"""Embeddings beside shards: made once by whichever process takes a shard, whole or absent, and of the shard as it is now."""

import dataclasses
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch

from captioner.bulk.bulk import BulkReport, caption_collection
from captioner.config import CaptionerConfig
from captioner.encoders.encoder import Encoder
from captioner.encoders.shard_embeddings import embeddings_file, load_embeddings
from captioner.encoders.shared_work import EmbedReport, embed_shards
from captioner.errors import ShardCut
from captioner.progress import silent
from captioner.samples.collection import read_samples
from captioner.samples.images import load_image
from captioner.samples.shards import Sample, expand, read_shard, write_shard
from captioner.training.pretrain import pretrain
from captioner.training.sources import make_encoder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def encoder(quick: CaptionerConfig, cache: Path) -> Encoder:
    return make_encoder(config=quick, cache=cache, progress=silent, device=torch.device("cpu"))


@pytest.fixture
def samples(scenes: Path) -> list[Sample]:
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()][:20]
    return [
        Sample(
            key=f"s{n:02d}", image=(scenes / row["image"]).read_bytes(), texts=(row["alt_text"], row["truth"])
        )
        for n, row in enumerate(rows)
    ]


@pytest.fixture
def shards(samples: list[Sample], tmp_path: Path) -> Path:
    """Five shards of four pictures."""
    folder = tmp_path / "shards"
    folder.mkdir()
    for number in range(5):
        write_shard(folder / f"{number:03d}.tar", samples[number * 4 : number * 4 + 4])
    return folder


def _embed(folder: Path, encoder: Encoder) -> EmbedReport:
    return embed_shards(patterns=[str(folder / "*")], encoder=encoder, cache=folder, progress=silent)


def _bulk(trained: Path, source: Path, output: Path, quick: CaptionerConfig, **more: Any) -> BulkReport:
    return caption_collection(
        checkpoint=trained,
        source=[str(source)],
        output=output,
        cache=output.parent,
        with_alt_text=True,
        decode=quick.decode,
        progress=silent,
        **more,
    )


def _rows(output: Path) -> list[dict[str, Any]]:
    return [row for file in sorted(output.glob("*.parquet")) for row in pq.read_table(file).to_pylist()]


def _command(shards: Path, cache: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "captioner", "embed", "--shards", str(shards / "*.tar"), "--preset", "tiny",
            "--cache", str(cache), "--json", *more]  # fmt: skip


def test_the_nth_vector_is_of_the_nth_picture(
    shards: Path, samples: list[Sample], scenes: Path, encoder: Encoder
) -> None:
    _embed(shards, encoder)
    for number in range(5):
        known = load_embeddings(address=str(shards / f"{number:03d}.tar"), encoder=encoder, cache=shards)
        assert known is not None
        own = samples[number * 4 : number * 4 + 4]
        assert known.hashes == tuple(sample.sha256 for sample in own)
        rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()]
        images = [load_image(path=scenes / row["image"]) for row in rows[number * 4 : number * 4 + 4]]
        assert torch.allclose(known.read(range(4)), encoder.embed_images(images), atol=1e-3)


@pytest.mark.timeout(300)
def test_two_processes_encode_each_picture_once(shards: Path, cache: Path, encoder: Encoder) -> None:
    """The test holds one shard until both have come to wait for it: so both are at work at the same time."""
    address = str(shards / "002.tar")
    file = embeddings_file(address=address, encoder=encoder, cache=cache)
    with file.with_name(f".{file.name}.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        processes = [
            subprocess.Popen(
                _command(shards, cache), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for process in processes:
            assert process.stderr is not None
            assert any("others embed the rest" in line for line in process.stderr)
        fcntl.flock(held, fcntl.LOCK_UN)
    reports = [json.loads(process.communicate()[0]) for process in processes]
    assert sum(report["images_encoded"] for report in reports) == 20
    assert sum(report["shards_embedded"] for report in reports) == 5
    assert [report["images"] for report in reports] == [20, 20]
    assert not list(shards.glob(".*"))
    again = _embed(shards, encoder)
    assert (again.images, again.images_encoded) == (20, 0)


@pytest.mark.timeout(300)
def test_a_command_shares_the_work_among_its_own_processes(shards: Path, cache: Path) -> None:
    done = subprocess.run(
        _command(shards, cache, "--processes", "2"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    report = json.loads(done.stdout)
    assert (report["images"], report["images_encoded"], report["shards_embedded"]) == (20, 20, 5)


@pytest.mark.timeout(300)
def test_a_process_that_dies_loses_only_its_shard(
    shards: Path, cache: Path, encoder: Encoder, tmp_path: Path
) -> None:
    """The last shard is a pipe that gives half of it: the process dies while it reads."""
    last, whole = shards / "004.tar", tmp_path / "whole.tar"
    shutil.move(last, whole)
    os.mkfifo(last)
    with subprocess.Popen(_command(shards, cache), cwd=ROOT, stdout=subprocess.DEVNULL) as dying:
        with last.open("wb") as pipe:
            pipe.write(whole.read_bytes()[:4000])
            pipe.flush()
            dying.send_signal(signal.SIGKILL)
            dying.wait()
            last.unlink()
        shutil.move(whole, last)
    assert len(list(shards.glob("*.safetensors"))) == 4
    report = _embed(shards, encoder)
    assert (report.shards, report.images, report.shards_embedded, report.images_encoded) == (5, 20, 1, 4)
    assert not list(shards.glob(".*"))


def test_a_shard_that_changed_and_another_encoder_have_embeddings_of_their_own(
    shards: Path, samples: list[Sample], encoder: Encoder
) -> None:
    _embed(shards, encoder)
    write_shard(shards / "001.tar", samples[:3])
    changed = _embed(shards, encoder)
    assert (changed.shards_embedded, changed.images) == (1, 19)
    key, encoder.key = encoder.key, "another"
    try:
        assert _embed(shards, encoder).shards_embedded == 5
    finally:
        encoder.key = key
    assert _embed(shards, encoder).shards_embedded == 0


def _cut(shards: Path, *, of_last: float) -> None:
    """Takes the end of the third shard away, from within its last picture or at its edge."""
    shard = shards / "002.tar"
    with tarfile.open(shard) as archive:
        last = [member for member in archive if member.name.endswith(".png")][-1]
    os.truncate(shard, last.offset_data + int(of_last * last.size) if of_last < 1 else _after(last))


def _after(member: tarfile.TarInfo) -> int:
    return member.offset_data + -(-member.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


@pytest.mark.parametrize("of_last", [0.5, 1])
@pytest.mark.parametrize("with_images", [True, False])
def test_a_cut_shard_gives_what_is_whole_and_says_so(shards: Path, of_last: float, with_images: bool) -> None:
    _cut(shards, of_last=of_last)
    reading = read_shard(str(shards / "002.tar"), with_images=with_images)
    assert [next(reading).key for _ in range(3)] == ["s08", "s09", "s10"]
    with pytest.raises(ShardCut, match=r"002\.tar is cut off or damaged .* its first 3 samples are used"):
        next(reading)


def test_a_damaged_header_is_no_end(shards: Path) -> None:
    shard = shards / "000.tar"
    with tarfile.open(shard) as archive:
        third = archive.getmembers()[4]
    content = bytearray(shard.read_bytes())
    content[third.offset : third.offset + 100] = b"\xff" * 100
    shard.write_bytes(content)
    with pytest.raises(ShardCut, match="first 1 samples"):
        list(read_shard(str(shard)))


def test_the_rest_goes_on_when_a_shard_is_cut(
    shards: Path, trained: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path, encoder: Encoder
) -> None:
    """In captioning, in embedding and in training; whole again, the shard is embedded again."""
    whole = (shards / "002.tar").read_bytes()
    _cut(shards, of_last=0.5)
    report = _bulk(trained, shards / "*.tar", tmp_path / "out", quick)
    assert (report.blocks, report.rows, report.captioned) == (5, 19, 19)
    assert list(report.cut) == ["captions-000002.parquet"]
    assert "first 3 samples are used" in report.cut["captions-000002.parquet"]
    embedded = _embed(shards, encoder)
    assert (embedded.images, list(embedded.cut_shards)) == (19, [str(shards / "002.tar")])
    assert _bulk(trained, shards / "*.tar", tmp_path / "again", quick) == dataclasses.replace(
        report, output=str(tmp_path / "again")
    )
    config = dataclasses.replace(quick, training=dataclasses.replace(quick.training, max_steps=3))
    run = pretrain(config=config, shards=[str(shards / "*.tar")], samples=19, output=tmp_path / "run",
                   cache=cache, progress=silent)  # fmt: skip
    assert run.steps == 3
    assert list(run.unreadable_images) == [str(shards / "002.tar")]
    (shards / "002.tar").write_bytes(whole)
    assert (_embed(shards, encoder).images, len(list(shards.glob(".*")))) == (20, 0)


def test_a_cut_parquet_file_is_named_and_the_rest_goes_on(
    samples: list[Sample], trained: Path, quick: CaptionerConfig, tmp_path: Path
) -> None:
    for number in range(2):
        table = pa.table({"image": [one.image for one in samples[:3]], "alt": ["a", "b", "c"]})
        pq.write_table(table, tmp_path / f"{number}.parquet")
    os.truncate(tmp_path / "0.parquet", 700)
    report = _bulk(trained, tmp_path / "*.parquet", tmp_path / "out", quick)
    assert (report.rows, list(report.cut)) == (3, ["captions-000000.parquet"])


def test_captions_are_those_of_pictures_encoded_on_the_way(
    shards: Path, trained: Path, quick: CaptionerConfig, tmp_path: Path, encoder: Encoder
) -> None:
    _bulk(trained, shards / "*.tar", tmp_path / "way", quick)
    _embed(shards, encoder)
    _bulk(trained, shards / "*.tar", tmp_path / "beside", quick)
    for one, other in zip(_rows(tmp_path / "way"), _rows(tmp_path / "beside"), strict=True):
        assert {**one, "clip_score": 0, "mean_logprob": 0} == {**other, "clip_score": 0, "mean_logprob": 0}
        assert one["clip_score"] == pytest.approx(other["clip_score"], abs=0.1)


@pytest.mark.parametrize("kind", ["shards", "parquet"])
def test_two_samples_of_one_key_have_each_their_own_caption_and_vector(
    kind: str, samples: list[Sample], trained: Path, quick: CaptionerConfig, tmp_path: Path, encoder: Encoder
) -> None:
    same = [dataclasses.replace(one, key="same") for one in samples[:3]]
    same[1] = dataclasses.replace(same[1], image=b"\x89PNG broken")
    source = tmp_path / f"set.{'tar' if kind == 'shards' else 'parquet'}"
    if kind == "shards":
        write_shard(source, same)
    else:
        pq.write_table(
            pa.table({"key": ["same"] * 3, "image": [one.image for one in same],
                      "alt_texts": [list(one.texts) for one in same]}), source)  # fmt: skip
    assert [one.sha256 for one in read_samples(str(source))] == [one.sha256 for one in same]
    _bulk(trained, source, tmp_path / "out", quick)
    embed_shards(patterns=[str(source)], encoder=encoder, cache=tmp_path, progress=silent)
    _bulk(trained, source, tmp_path / "beside", quick)
    for output in ("out", "beside"):
        rows = _rows(tmp_path / output)
        assert [(row["key"], row["sha256"], row["error"] is None) for row in rows] == [
            ("same", one.sha256, number != 1) for number, one in enumerate(same)
        ]
    _bulk(trained, source, tmp_path / "shards", quick, kind="webdataset")
    [made] = expand([str(tmp_path / "shards" / "*.tar")])
    assert [one.key for one in read_shard(made)] == ["same", "same~3"]


def test_a_shard_of_captions_keeps_the_keys_of_its_source(
    samples: list[Sample], trained: Path, quick: CaptionerConfig, tmp_path: Path
) -> None:
    """Those that a tar file could not give back are spelt out; none leads out of a folder."""
    keys = ["00012", "wit/7 b", "a.b", "counts", "../../etc/x", "日本"]
    table = {"key": keys, "image": [one.image for one in samples[:6]], "alt": ["x"] * 6}
    pq.write_table(pa.table(table), tmp_path / "set.parquet")
    _bulk(trained, tmp_path / "set.parquet", tmp_path / "out", quick, kind="webdataset")
    [shard] = expand([str(tmp_path / "out" / "*.tar")])
    found = [one.key for one in read_shard(shard)]
    assert found == ["00012", "wit/7 b", "a%2Eb", "counts~2", "etc/x", "日本"]
    with tarfile.open(shard) as archive:
        told = [json.load(archive.extractfile(f"{one}.json"))["key"] for one in found]  # type: ignore[arg-type]
    assert told == keys
