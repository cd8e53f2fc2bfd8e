"""No submitted caption, verdict or event is ever changed or removed: the database itself refuses."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from annotation_server.choices import ConceptOutcome, Verdict
from annotation_server.models import Caption, Image, Round, User
from annotation_server.steps.review.review_caption import review_caption
from annotation_server.steps.tasks.claim_task import claim_tasks
from annotation_server.steps.tasks.submit_caption import submit_caption
from annotation_server.texts.concepts import ConceptOutcomeGiven


@pytest.fixture
def reviewed_caption(
    ana: User, rita: User, make_images: Callable[..., list[Image]], open_round: Callable[..., Round]
) -> None:
    """A caption with a concept, a verdict and the events of both."""
    make_images(1)
    round = open_round(review_share=1.0)
    [task_id] = claim_tasks(round_id=round.pk, annotator=ana, count=1)
    submission = submit_caption(
        task_id=task_id,
        annotator=ana,
        submission_id=uuid4(),
        text="A green iguana.",
        seconds=3.0,
        concepts=[ConceptOutcomeGiven(phrase="iguana", outcome=ConceptOutcome.KEPT)],
    )
    review_caption(
        caption=Caption.objects.get(pk=submission.caption.pk),
        reviewer=rita,
        verdict=Verdict.ACCEPTED,
        comment="",
        text=None,
        limit=1_000,
    )


@pytest.mark.usefixtures("reviewed_caption")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("caption", "text = 'A lizard.'"),
        ("review", "comment = 'No.'"),
        ("concept", "phrase = 'lizard'"),
        ("event", "verb = 'nothing'"),
    ],
)
def test_rows_cannot_be_changed_or_removed(table: str, change: str, refused: Callable[[str], Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
        with refused(f"{table}_is_append_only"):
            cursor.execute(f"UPDATE {table} SET {change}")
        with refused(f"{table}_is_append_only"):
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        "caption",
        "review",
        "concept",
        "event",
        "draft",
        "draft_set",
        "evaluation",
        "training_set",
        "training_set_row",
    ],
)
def test_tables_cannot_be_emptied(table: str, refused: Callable[[str], Any]) -> None:
    with connection.cursor() as cursor, refused(f"{table}_is_append_only"):
        cursor.execute(f"TRUNCATE {table} CASCADE")
