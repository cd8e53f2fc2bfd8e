"""Captioning collections: exact counts, bad images recorded, resumed by block after kill -9."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from captioner.bulk.block_files import writing_block
from captioner.bulk.bulk import BulkReport, caption_collection
from captioner.config import CaptionerConfig
from captioner.errors import ConfigMismatch, NothingToDo
from captioner.progress import silent
from captioner.samples.shards import read_shard
from tests.captioner.conftest import WriteManifest


@pytest.fixture
def folder(scenes: Path, tmp_path: Path) -> Path:
    """Twenty pictures with a text beside each, and one file that is no picture."""
    target = tmp_path / "collection"
    target.mkdir()
    rows = [json.loads(line) for line in (scenes / "manifest.jsonl").read_text().splitlines()]
    for row in rows[:20]:
        image = shutil.copy(scenes / row["image"], target)
        Path(image).with_suffix(".txt").write_text(row["alt_text"])
    (target / "broken.jpg").write_bytes(b"no picture")
    return target


def _caption(
    trained: Path, source: Path, output: Path, cache: Path, quick: CaptionerConfig, **more: Any
) -> BulkReport:
    fields = {"with_alt_text": True, "progress": silent, "block_size": 6, **more}
    return caption_collection(
        checkpoint=trained, source=[str(source)], output=output, cache=cache, decode=quick.decode, **fields
    )


def _rows(output: Path) -> list[dict[str, Any]]:
    files = sorted(output.glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_every_image_is_a_row_and_the_broken_one_says_why(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    report = _caption(trained, folder, tmp_path / "out", cache, quick)
    rows = _rows(tmp_path / "out")
    assert (report.blocks, report.rows, report.captioned, report.unreadable) == (4, 21, 20, 1)
    assert [row["key"] for row in rows] == sorted(str(file) for file in folder.glob("*.??g"))
    broken = [row for row in rows if row["error"]]
    assert [Path(row["key"]).name for row in broken] == ["broken.jpg"]
    assert all(row["text"] and row["alt_texts"] for row in rows if not row["error"])


def test_a_manifests_images_are_known_by_its_names_and_hashes(
    trained: Path, write_manifest: WriteManifest, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """As the server names them, so that what training embedded is not embedded again."""
    lines = write_manifest("eval").read_text().splitlines()
    named = [{**json.loads(line), "sha256": f"{number:064x}"} for number, line in enumerate(lines)]
    gone = {**named[0], "row_id": "gone", "sha256": "f" * 64, "image": "gone.png"}
    for number, part in enumerate([named[:6], [*named[6:], gone]]):
        (tmp_path / f"part-{number}.jsonl").write_text("\n".join(json.dumps(row) for row in part))
    report = _caption(trained, tmp_path / "part-*.jsonl", tmp_path / "out", cache, quick)
    rows = _rows(tmp_path / "out")
    assert (report.blocks, report.rows, report.unreadable) == (2, 11, 1)
    assert [row["key"] for row in rows] == [*(row["row_id"] for row in named), "gone"]
    assert [row["sha256"] for row in rows] == [*(row["sha256"] for row in named), "f" * 64]
    assert [bool(row["text"]) for row in rows] == [row["key"] != "gone" for row in rows]
    assert rows[-1]["error"].endswith("gone.png cannot be read: nothing is there.")


def test_killed_in_the_middle_it_goes_on_with_the_blocks_that_are_left(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    whole = _caption(trained, folder, tmp_path / "whole", cache, quick, block_size=3)
    command = [sys.executable, "-m", "captioner", "caption", str(trained), str(folder), "--out", str(tmp_path / "part"),
               "--cache", str(cache), "--block-size", "3"]  # fmt: skip
    with subprocess.Popen(
        command, env={**os.environ, "OMP_NUM_THREADS": "1"}, stderr=subprocess.DEVNULL
    ) as running:
        try:
            deadline = time.monotonic() + 300
            while len(list((tmp_path / "part").glob("*.parquet"))) < 2:
                assert running.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < deadline
                time.sleep(0.002)
        finally:
            running.send_signal(signal.SIGKILL)
    part = _caption(trained, folder, tmp_path / "part", cache, quick, block_size=3)
    assert part.blocks_done_before >= 2
    assert (part.rows, part.captioned) == (whole.rows, whole.captioned)
    assert _rows(tmp_path / "part") == _rows(tmp_path / "whole")


def test_somebody_who_is_thought_dead_spoils_no_block(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """A worker whose connection broke, say: it may be in a block that another captions anew."""
    (tmp_path / "out").mkdir()

    def write_late() -> None:
        with writing_block(output=tmp_path / "out", number=0, kind="parquet") as late:
            _caption(trained, folder, tmp_path / "out", cache, quick)
            late.add([], [])

    with pytest.raises(FileNotFoundError):
        write_late()
    assert len(_rows(tmp_path / "out")) == 21
    assert [file.suffix for file in (tmp_path / "out").glob("*0000*")] == [".parquet"] * 4


def test_parquet_and_shards_are_sources_too(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    pictures = sorted(folder.glob("*.png"))[:3]
    table = {
        "key": ["a", "b", "c"],
        "image": [p.read_bytes() for p in pictures],
        "text": ["one", "", "three"],
    }
    pq.write_table(pa.table(table), tmp_path / "set.parquet")
    report = _caption(trained, tmp_path / "set.parquet", tmp_path / "out", cache, quick)
    assert (report.rows, report.captioned) == (3, 3)
    assert [row["alt_texts"] for row in _rows(tmp_path / "out")] == [["one"], [], ["three"]]


def test_shards_of_images_with_their_captions_come_out(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    """They hold what the Parquet files hold, and are themselves a source."""
    texts = _caption(trained, folder, tmp_path / "texts", cache, quick)
    report = _caption(trained, folder, tmp_path / "shards", cache, quick, kind="webdataset")
    assert (report.rows, report.captioned, report.unreadable) == (texts.rows, texts.captioned, 1)
    rows = _rows(tmp_path / "texts")
    shards = sorted((tmp_path / "shards").glob("*.tar"))
    with tarfile.open(shards[0]) as archive:
        first = json.load(archive.extractfile(archive.getmembers()[0].name.rsplit(".", 1)[0] + ".json"))  # type: ignore[arg-type]
        assert first == rows[0]
    samples = [sample for shard in shards for sample in read_shard(str(shard))]
    captioned = [row for row in rows if row["error"] is None]
    assert [sample.texts[0] for sample in samples] == [row["text"] for row in captioned]
    assert [sample.sha256 for sample in samples] == [row["sha256"] for row in captioned]
    again = _caption(trained, tmp_path / "shards" / "*.tar", tmp_path / "again", cache, quick)
    assert (again.rows, again.captioned) == (20, 20)


def test_a_folder_of_another_job_is_refused(
    trained: Path, folder: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    _caption(trained, folder, tmp_path / "out", cache, quick)
    with pytest.raises(ConfigMismatch, match="another collection"):
        _caption(trained, folder, tmp_path / "out", cache, quick, with_alt_text=False)


def test_a_folder_without_images_is_refused(
    trained: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToDo, match="no images"):
        _caption(trained, tmp_path / "empty", tmp_path / "out", cache, quick)
