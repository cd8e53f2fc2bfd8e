"""Rounds to export, and a way to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotation_server.choices import ConceptOutcome, StartingText
from annotation_server.models import Export, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.steps.exports.export_round import export_round
from annotation_server.texts.concepts import ConceptOutcomeGiven
from tests.steps.exports.export_round.exporting import HandIn, Images, Train, Write, quiet


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write(round, "name", **options) exports into tmp_path/name."""

    def export(
        round: Round, name: str = "out", *, format: str = "jsonl", progress: Any = quiet, **options: Any
    ) -> Export:
        return export_round(
            project=round.project,
            round=round,
            format=format,
            folder=tmp_path / name,
            options=ExportOptions(**options),
            requested_by=None,
            progress=progress,
        )

    return export


@pytest.fixture
def two_rounds(
    project: Project,
    make_images: Images,
    open_round: Callable[..., Round],
    hand_in: HandIn,
    train: Train,
    ana: User,
    ben: User,
) -> tuple[Round, Round]:
    """Three images; round 1 by ana with a concept, then a run with drafts; round 2 from the drafts by ben, two images done."""
    make_images(3)
    first = open_round()
    concept = ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)
    for number in range(3):
        hand_in(first, ana, f"Round one, {number}.", concepts=[concept])
    train(first)
    second = open_round(starting_text=StartingText.DRAFT)
    for number in range(2):
        hand_in(second, ben, f"Round two, {number}.")
    train(second)
    return Round.objects.get(pk=first.pk), Round.objects.get(pk=second.pk)
