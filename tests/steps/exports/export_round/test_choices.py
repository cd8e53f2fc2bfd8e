"""Which rows an export has, and which text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now

from annotation_server.choices import Split
from annotation_server.errors import NoDrafts
from annotation_server.models import CaptionerRun, Image, Project, Round, Task, User
from annotation_server.models.export import ExportImage
from tests.steps.exports.export_round.exporting import HandIn, Images, Train, Write, rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_accepted_captions_unless_all_are_wanted(
    make_images: Images,
    open_round: Callable[..., Round],
    hand_in: HandIn,
    ana: User,
    write: Write,
    tmp_path: Path,
) -> None:
    make_images(1)
    round = open_round()
    hand_in(round, ana)
    assert write(round, "accepted").row_count == 0
    write(round, "all", accepted_only=False)
    [row] = rows(tmp_path / "all")
    assert (row["caption"], row["rounds"][0]["state"]) == ("A green iguana.", "submitted")


def test_selections(
    project: Project,
    make_images: Images,
    open_round: Any,
    hand_in: HandIn,
    train: Train,
    ana: User,
    write: Write,
) -> None:
    wit, web, held, gone = [*make_images(2), *make_images(1, split=Split.EVAL), *make_images(1)]
    Image.objects.filter(pk__in=[wit.pk, held.pk]).update(source="wit", domain="animals")
    Image.objects.filter(pk=web.pk).update(source="web", domain="towns")
    round = open_round()
    for _ in range(4):
        hand_in(round, ana)
    train(round)
    Image.objects.filter(pk=gone.pk).update(withdrawn_at=Now())

    def selected(name: str, **options: Any) -> set[int]:
        export = write(round, name, **options)
        return set(ExportImage.objects.filter(export=export).values_list("image", flat=True))

    assert selected("all") == {wit.pk, web.pk, held.pk}
    assert selected("train", splits=["train"]) == {wit.pk, web.pk}
    assert selected("wit", sources=["wit"]) == {wit.pk, held.pk}
    assert selected("both", sources=["wit"], splits=["eval"]) == {held.pk}
    assert selected("towns", domains=["towns", "seas"]) == {web.pk}


def test_the_control_arm_is_left_out_unless_it_is_wanted(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path
) -> None:
    Task.objects.filter(current_caption__text="Round two, 0.").update(control=True)
    write(two_rounds[1], "without")
    assert [row["caption"] for row in rows(tmp_path / "without")] == ["Round two, 1."]
    write(two_rounds[1], "with", control=True)
    assert [row["caption"] for row in rows(tmp_path / "with")] == ["Round two, 0.", "Round two, 1."]


def test_a_captioners_drafts_instead_of_peoples_captions(
    two_rounds: tuple[Round, Round], write: Write, tmp_path: Path, make_images: Images
) -> None:
    write(two_rounds[0], text="draft")
    found = rows(tmp_path / "out")
    assert [(row["caption"], row["caption_source"]) for row in found] == [
        (f"draft of {image.pk}", "draft") for image in Image.objects.order_by("sha256")
    ]
    manifest = json.loads((tmp_path / "out/_manifest.json").read_text())
    assert [run["name"] for run in manifest["captioner_runs"]] == ["Altogether(1)"]
    CaptionerRun.objects.filter(number=2).update(through_round=two_rounds[0])
    with pytest.raises(NoDrafts, match="No captioner that saw this round has written drafts"):
        write(two_rounds[1], "none", text="draft")
