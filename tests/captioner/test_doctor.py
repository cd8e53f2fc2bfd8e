"""The doctor: a sentence on each subject, counted sizes, and 1 where a training could not run."""

import json
import shutil
from pathlib import Path

import pytest
from safetensors.torch import load_file

from captioner.commands import main
from captioner.config import CaptionerConfig, from_json, get_preset, to_json
from captioner.training.needs import needs_of
from tests.captioner.conftest import WriteManifest


def test_what_can_run_is_said_to_and_what_cannot_is_one(
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    asked = ["doctor", "--out", str(tmp_path), "--cache", str(cache), "--processes", "1"]
    assert main([*asked, "--preset", "tiny", "--train", str(write_manifest("train"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    subjects = ["devices", "decoder", "encoder", "disk", "memory", "hours"]
    assert [line.partition(":")[0] for line in lines] == [f"ok  {subject}" for subject in subjects]
    named = ["--preset", "small", "--set", f"decoder.pretrained={tmp_path / 'none'}", "--json"]
    assert main([*asked, *named]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["ok"] is False
    missing = next(one for one in result["findings"] if one["subject"] == "decoder")
    assert not missing["is_fine"]
    assert (
        "python -m captioner fetch" in missing["says"]
        or "does not exist" in missing["says"]
        or "neither a folder" in missing["says"]
    )


def test_a_disk_that_is_too_small_is_told(
    cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1000))
    assert main(["doctor", "--preset", "tiny", "--out", str(tmp_path), "--cache", str(cache)]) == 1
    [disk] = [line for line in capsys.readouterr().out.splitlines() if "disk" in line]
    assert disk.startswith("NO  disk: The run writes up to")
    assert "free some, name another folder with --out, or lower training.keep_states" in disk


def test_the_sizes_are_those_that_a_training_has(trained: Path, quick: CaptionerConfig, cache: Path) -> None:
    needs = needs_of(config=quick, processes=1, on_gpu=False, text_tokens=50, cache=cache)
    weights = sum(one.numel() for one in load_file(trained / "checkpoint" / "model.safetensors").values())
    report = json.loads((trained / "report.json").read_text())
    # The tokenizer of a small corpus has fewer words than it may have.
    assert needs.trained_parameters == pytest.approx(report["parameters"], rel=0.1)
    assert needs.checkpoint_bytes == pytest.approx(4 * weights, rel=0.1)


def test_the_paper_s_captioner_is_counted_without_its_weights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    alone = needs_of(
        config=get_preset("altogether"), processes=8, on_gpu=True, text_tokens=100, cache=tmp_path
    )
    assert alone.trained_parameters / 1e9 == pytest.approx(1.67, abs=0.01)
    assert alone.state_bytes == 12 * alone.trained_parameters
    settings = json.loads(to_json(get_preset("altogether")))
    settings["training"]["sharded"] = True
    spread = needs_of(
        config=from_json(json.dumps(settings)), processes=8, on_gpu=True, text_tokens=100, cache=tmp_path
    )
    assert spread.moment_bytes == alone.moment_bytes // 8
    assert spread.activation_bytes == alone.activation_bytes
