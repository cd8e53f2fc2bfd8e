"""Captions from before a word had one definition get the figures that they would get today; nothing else of them changes."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection

from annotation_server.models import Caption, Image, Round, User
from annotation_server.queries.reports.round_report import round_report

migration = import_module("annotation_server.migrations.0037_words_counted_again")


@pytest.mark.django_db(transaction=True)
def test_earlier_captions_are_counted_again(
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
) -> None:
    make_images(2)
    round = open_round()
    caption = hand_in(round, ana, "A green iguana, on a branch.")
    kept = hand_in(round, ana, "iguana 1")
    before = list(Caption.objects.order_by("pk").values())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE caption DISABLE TRIGGER caption_is_append_only")
        cursor.execute("UPDATE caption SET words = 8, words_changed = 7, similarity = 0.125")
        cursor.execute("ALTER TABLE caption ENABLE TRIGGER caption_is_append_only")
    migration.count_again(None, SimpleNamespace(connection=connection))
    assert list(Caption.objects.order_by("pk").values()) == before
    caption.refresh_from_db()
    kept.refresh_from_db()
    assert (caption.words, caption.words_changed) == (6, 5)
    assert (kept.words, kept.words_changed, kept.similarity) == (2, 0, 1.0)
    assert round_report(round=round).drafted.measures["unchanged"].mean == 0.5
    with pytest.raises(DatabaseError, match="append-only"):
        Caption.objects.update(words=1)
