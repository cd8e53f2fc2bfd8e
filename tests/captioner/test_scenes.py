"""Rendered scenes: the same seed draws the same, and the truth keeps what the alt-text knows and drops what is wrong."""

import hashlib
import json
import random
from pathlib import Path

import pytest

from captioner.errors import FolderNotEmpty, NothingToDo
from captioner.progress import silent
from captioner.samples.manifest import read_manifest
from captioner.scenes import draw_scene, random_scene, write_scenes


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_scenes(output=tmp_path / name, count=5, seed=3, split_eval=0.2, size=64, progress=silent)
    first, second = (
        {
            file.relative_to(tmp_path / name): file.read_bytes()
            for file in (tmp_path / name).rglob("*")
            if file.is_file()
        }
        for name in ("one", "two")
    )
    assert first == second
    assert len(first) == 8


def test_the_truth_keeps_what_is_right_and_drops_what_is_wrong() -> None:
    rng = random.Random(1)
    scenes = [random_scene(rng=rng) for _ in range(200)]
    assert any(scene.wrong_claims for scene in scenes)
    assert any(len(scene.kept_claims) > 1 for scene in scenes)
    for scene in scenes:
        assert all(claim in scene.truth for claim in scene.kept_claims)
        assert all(claim in scene.alt_text and claim not in scene.truth for claim in scene.wrong_claims)
        assert scene.truth.startswith(f"{scene.name}: ")


def test_the_share_of_held_out_scenes_is_exact(tmp_path: Path) -> None:
    manifest = write_scenes(
        output=tmp_path / "set", count=20, seed=0, split_eval=0.2, size=32, progress=silent
    )
    splits = [json.loads(line)["split"] for line in manifest.read_text().splitlines()]
    assert (splits.count("eval"), splits.count("train")) == (4, 16)
    assert [len(read_manifest(manifest.with_name(f"{half}.jsonl"))) for half in ("eval", "train")] == [4, 16]
    row = read_manifest(manifest.with_name("train.jsonl"))[0]
    assert (row.image.is_file(), bool(row.caption), row.sha256) == (
        True,
        True,
        hashlib.sha256(row.image.read_bytes()).hexdigest(),
    )


def test_a_scene_is_drawn_alike_at_every_size() -> None:
    scene = random_scene(rng=random.Random(8))
    large = draw_scene(scene=scene, size=256).resize((32, 32))
    small = draw_scene(scene=scene, size=32)
    pairs = zip(large.tobytes(), small.tobytes(), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / (32 * 32 * 3) < 4


def test_a_folder_with_files_and_a_count_of_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(FolderNotEmpty, match="is not empty"):
        write_scenes(output=tmp_path, count=1, seed=0, split_eval=0, progress=silent)
    with pytest.raises(NothingToDo):
        write_scenes(output=tmp_path / "new", count=0, seed=0, split_eval=0, progress=silent)
