"""Splits are drawn by hash, and near-duplicates share one."""

from pathlib import Path

import pytest

from annotation_server.choices import Split
from annotation_server.models import (
    Image,
    ImageCluster,
    Project,
)
from annotation_server.steps.imports.import_images.clusters import drawn_split
from tests.drawing import drawn, write_picture, write_rows
from tests.steps.imports.import_images.importing import Import, manifest

pytestmark = pytest.mark.django_db


def splits() -> dict[str, str]:
    return dict(Image.objects.values_list("source_key", "split"))


def test_splits_are_drawn_by_hash_and_share(tmp_path: Path, run: Import, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(eval_share=0.5)
    project.refresh_from_db()
    run(manifest(tmp_path, 12))
    drawn_again = {
        image.sha256: drawn_split(sha256=image.sha256, eval_share=0.5) for image in Image.objects.all()
    }
    assert dict(Image.objects.values_list("sha256", "split")) == drawn_again
    assert set(drawn_again.values()) == {"train", "eval"}


def test_near_duplicates_share_a_split_across_imports_and_within_one(tmp_path: Path, run: Import) -> None:
    original = drawn(1, width=400, height=300)
    original.save(tmp_path / "first.png")
    original.resize((200, 150)).save(tmp_path / "small.png")
    original.save(tmp_path / "recoded.jpg", quality=40)
    write_picture(tmp_path / "other.png", 2)
    run(write_rows(tmp_path / "a.jsonl", [{"image": "first.png", "id": "first", "split": "eval"}]))
    rows = [{"image": "small.png", "id": "small"}, {"image": "other.png", "id": "other", "split": "train"}]
    rows.append({"image": "recoded.jpg", "id": "recoded", "split": "train"})
    report = run(write_rows(tmp_path / "b.jsonl", rows))
    assert splits() == {"first": "eval", "small": "eval", "recoded": "eval", "other": "train"}
    assert ImageCluster.objects.count() == 2
    assert report.joined_clusters == 2
    assert report.notes == [
        {
            "row": 3,
            "name": "recoded.jpg",
            "note": "Put into eval instead of train: a near-duplicate of it is there.",
        }
    ]


def test_a_picture_like_a_held_out_one_is_held_out_though_a_training_one_is_nearer(
    tmp_path: Path, run: Import, project: Project
) -> None:
    original = drawn(1, width=400, height=300)
    original.save(tmp_path / "new.png")
    original.resize((200, 150)).save(tmp_path / "held.png")
    run(write_rows(tmp_path / "a.jsonl", [{"image": "held.png", "id": "held", "split": "eval"}]))
    held = Image.objects.get()
    Image.objects.create(  # As if an older server had put a copy of it into the other split.
        project=project,
        cluster=ImageCluster.objects.create(project=project, split=Split.TRAIN),
        split=Split.TRAIN,
        sha256="f" * 64,
        source_key="leak",
        perceptual_hash=held.perceptual_hash,
        colour_grid=held.colour_grid,
        file_name="images/f.png",
        width=1,
        height=1,
        byte_count=1,
        media_type="image/png",
    )
    run(write_rows(tmp_path / "b.jsonl", [{"image": "new.png", "id": "new"}]))
    assert splits() == {"held": "eval", "leak": "train", "new": "eval"}
