"""Generation and evaluation from files to files."""

import json
from pathlib import Path

import pytest

from captioner.config import CaptionerConfig
from captioner.errors import NothingToDo
from captioner.evaluate import evaluate
from captioner.generation.generate import generate
from captioner.progress import silent
from tests.captioner.conftest import WriteManifest


def test_every_row_has_a_line_in_the_manifest_s_order(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest = write_manifest("eval")
    rows = [json.loads(line) for line in manifest.read_text().splitlines()]
    rows[3] |= {"image": str(tmp_path / "gone.png"), "sha256": "ee"}
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = generate(
        checkpoint=trained,
        manifest=manifest,
        output=tmp_path / "out.jsonl",
        cache=cache,
        with_alt_text=True,
        decode=quick.decode,
        progress=silent,
    )
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["row_id"] for line in lines] == [row["row_id"] for row in rows]
    assert (report.rows, list(report.unreadable_images)) == (10, [rows[3]["row_id"]])
    assert lines[3]["text"] == ""
    assert "no such file" in lines[3]["error"]
    good = [line for line in lines if "error" not in line]
    assert len(good) == 9
    for line in good:
        assert "".join(line["tokens"]).strip() == line["text"]
        assert len(line["tokens"]) == len(line["token_logprobs"]) > 0
        assert line["mean_logprob"] < 0 <= line["clip_score"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.jsonl"]


def test_a_cancelled_generation_leaves_nothing_behind(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    def stop(*, done: int, total: int, message: str) -> None:
        if message == "captioning with alt-text":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(
            checkpoint=trained,
            manifest=write_manifest("eval"),
            output=tmp_path / "out.jsonl",
            cache=cache,
            with_alt_text=True,
            decode=quick.decode,
            progress=stop,
        )
    assert list(tmp_path.iterdir()) == []


def test_an_evaluation_has_every_source_slice_and_sample(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    evaluate(
        checkpoint=trained,
        manifest=write_manifest("eval"),
        output=tmp_path / "evaluation.json",
        cache=cache,
        decode=quick.decode,
        progress=silent,
    )
    written = json.loads((tmp_path / "evaluation.json").read_text())
    metrics = {
        "cider",
        "bleu",
        "rouge_l",
        "clip_score",
        "np_precision",
        "np_recall",
        "np_f1",
        "mean_words",
        "invented_names",
    }
    assert written["rows"] == 10
    assert set(written["sources"]) == {"with_alt", "without_alt", "alt_text"}
    assert all(metrics <= set(scores) for scores in written["sources"].values())
    assert set(written["slices"]["domain"]) <= {"paper", "night"}
    assert set(written["slices"]["source"]) == {"scenes"}
    assert len(written["samples"]) == 10
    assert any("METEOR" in warning for warning in written["warnings"])
    assert not any("domain" in warning for warning in written["warnings"])  # too few captions to say so


def test_nothing_to_measure_against_is_refused(
    trained: Path, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    with pytest.raises(NothingToDo, match="nothing can be measured"):
        evaluate(
            checkpoint=trained,
            manifest=write_manifest("eval", caption=None, references=None),
            output=tmp_path / "evaluation.json",
            cache=cache,
            decode=quick.decode,
            progress=silent,
        )
