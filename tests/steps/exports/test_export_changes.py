"""Each export says what changed since the last one of its kind, in every format."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from annotation_server.formats.writers import PICTURED, WRITERS
from annotation_server.models import AltText, Caption, Export, Image, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.queries.exports.export_changes import ExportChange, export_changes
from annotation_server.steps.exports.export_round import export_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round(
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
) -> Round:
    """Four images; three have captions."""
    make_images(4)
    opened = open_round()
    for number in range(3):
        hand_in(opened, ana, f"A green iguana, number {number}.")
    return opened


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Export]:
    """write(round, "name", format="csv") exports into tmp_path/name."""

    def export(round: Round, name: str, *, format: str = "jsonl", **options: Any) -> Export:
        return export_round(
            project=round.project,
            round=round,
            format=format,
            folder=tmp_path / name,
            options=ExportOptions(accepted_only=False, **options),
            requested_by=None,
            progress=lambda **told: None,
        )

    return export


@pytest.mark.parametrize("format", sorted(set(WRITERS) - set(PICTURED)))
def test_added_changed_and_gone(
    format: str,
    round: Round,
    write: Callable[..., Export],
    hand_in: Callable[..., Caption],
    ana: User,
    tmp_path: Path,
) -> None:
    first = write(round, "first", format=format)
    assert (first.previous, first.changes) == (None, None)
    same = write(round, "same", format=format)
    assert (same.previous, same.changes) == (first, {"added": 0, "changed": 0, "gone": 0})
    one, two, three, four = Image.objects.order_by("sha256")
    hand_in(round, ana, "A newt.")
    AltText.objects.create(image=one, position=1, text="Another alt-text")
    Image.objects.filter(pk=one.pk).update(domain="animals")
    Image.objects.filter(pk=two.pk).update(withdrawn_at=Now())
    after = write(round, "after", format=format)
    assert (after.previous, after.changes) == (same, {"added": 1, "changed": 1, "gone": 1})
    wanted = [
        ExportChange(sha256=one.sha256, kind="changed", fields=["alt_texts", "domain"]),  # type: ignore[arg-type]
        ExportChange(sha256=two.sha256, kind="gone", fields=[]),  # type: ignore[arg-type]
        ExportChange(sha256=four.sha256, kind="added", fields=[]),  # type: ignore[arg-type]
    ]
    assert list(export_changes(before=same, after=after)) == wanted
    lines = (tmp_path / "after.changes.jsonl").read_text().splitlines()
    assert [json.loads(line)["sha256"] for line in lines] == [one.sha256, two.sha256, four.sha256]
    assert not (tmp_path / "first.changes.jsonl").exists()
    assert three.sha256 not in (tmp_path / "after.changes.jsonl").read_text()


def test_only_exports_of_the_same_kind_are_compared(round: Round, write: Callable[..., Export]) -> None:
    write(round, "jsonl")
    assert write(round, "csv", format="csv").previous is None
    assert write(round, "train", splits=["train"]).previous is None
    assert write(round, "again").previous is not None


def test_an_export_of_before_there_were_digests_is_no_measure(
    round: Round, write: Callable[..., Export]
) -> None:
    write(round, "first").export_images.update(digests=None)
    assert write(round, "second").previous is None


def test_the_command_says_so(
    project: Project, round: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        call_command("export_round", "iguanas", "1", "--all", "--output", str(tmp_path / name))
    assert (
        f"Since export {Export.objects.earliest('pk').pk}: 0 added, 0 changed, 0 gone"
        in capsys.readouterr().out
    )
