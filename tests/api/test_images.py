"""Looking for images, an image's life, and taking one down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from annotation_server.choices import Split
from annotation_server.models import (
    AltText,
    Caption,
    CaptionMeasure,
    Event,
    ExportImage,
    Image,
    Task,
    User,
)
from tests.api.conftest import World

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], APIClient]


def found(client: APIClient, **wanted: Any) -> list[int]:
    rows = client.get("/api/v1/images/", {"project": "iguanas", **wanted}).json()["results"]
    return [row["id"] for row in rows]


def test_images_are_found_by_what_is_known_of_them(world: World, client_of: ClientOf) -> None:
    client = client_of(world.callers["admin"])
    first, second, third, held_out = Image.objects.order_by("pk")
    Image.objects.filter(pk=first.pk).update(source="wit", domain="animals")
    Image.objects.filter(pk=second.pk).update(cluster=first.cluster_id)
    AltText.objects.create(image=third, position=1, text="A Marine IGUANA of Santa Cruz")
    assert found(client) == [first.pk, second.pk, third.pk, held_out.pk]
    assert found(client, split=Split.EVAL.value) == [held_out.pk]
    assert found(client, source="wit", domain="animals") == [first.pk]
    assert found(client, duplicates="1") == [first.pk, second.pk]
    assert found(client, cluster=first.cluster_id) == [first.pk, second.pk]
    assert found(client, text="iguana of santa") == [third.pk]
    assert found(client, text=world.caption.text) == [
        one.pk for one in Image.objects.order_by("pk") if one.pk in captioned(world.caption.text)
    ]
    assert found(client, text="100%") == []
    assert found(client, withdrawn="1") == []


def test_images_are_found_by_their_captions(world: World, client_of: ClientOf) -> None:
    client = client_of(world.callers["admin"])
    caption = world.caption  # By ana, of the second round; ben wrote another one in the first.
    image, words = caption.task.image_id, caption.words
    [other] = [
        one for one in Caption.objects.filter(task__round__number=1) if one.annotator.username == "ben"
    ]
    CaptionMeasure.objects.create(caption=caption, encoder="e", vector=[1.0, 0.0], clip_score=31.5)
    Task.objects.filter(pk=world.held.pk).update(flagged=True)
    assert found(client, annotator="ana") == [image]
    assert found(client, annotator="ben") == [other.task.image_id]
    assert found(client, annotator="nobody") == []
    assert found(client, annotator="ana", words_min=words, words_max=words) == [image]
    assert found(client, annotator="ana", words_min=words + 1) == []
    assert found(client, score_min="31.5", score_max=32) == [image]
    assert found(client, score_min=32) == []
    assert found(client, annotator="ben", score_min=1) == []  # The score is of the same caption.
    assert found(client, flagged="1") == [world.held.image_id]


@pytest.mark.parametrize(("model", "index"), [(AltText, "alt_text_by_words"), (Caption, "caption_by_words")])
def test_words_are_looked_up_by_their_trigrams(model: type[AltText] | type[Caption], index: str) -> None:
    with connection.cursor() as cursor:
        # Of the few rows here any way of reading is quick: only what a look-up by words can use is left.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert index in model._default_manager.filter(text__icontains="Iguana").values("id").explain()


def captioned(text: str) -> set[int]:
    return {one.task.image_id for one in Caption.objects.filter(text=text)}


@pytest.mark.parametrize("query", ["cluster=x", "text=%00", "split=%00", "words_min=-1", "score_max=nan"])
def test_nonsense_is_a_400(world: World, client_of: ClientOf, query: str) -> None:
    answer = client_of(world.callers["admin"]).get(f"/api/v1/images/?{query}")
    assert answer.status_code == 400


def test_an_images_whole_life(world: World, client_of: ClientOf) -> None:
    image = world.caption.task.image
    life = client_of(world.callers["reviewer"]).get(f"/api/v1/images/{image.pk}/history/").json()
    [task] = [one for one in life["tasks"] if one["round"] == world.round.number]
    [caption] = task["captions"]
    assert (task["starting_text"], task["state"]) == (world.caption.task.starting_text, "submitted")
    assert (caption["text"], caption["before"], caption["annotator"]) == (
        world.caption.text,
        world.caption.task.starting_text,
        "ana",
    )
    assert (caption["current"], caption["reviews"]) == (True, [])
    assert {one["round"] for one in life["tasks"]} <= {1, 2}
    [archive] = life["archives"]
    assert (archive["id"], archive["finished_at"] is None) == (world.archive.pk, False)


def test_a_takedown_by_an_admin(world: World, client_of: ClientOf) -> None:
    image = world.held.image
    ExportImage.objects.create(export=world.export, image=image)
    address = f"/api/v1/images/{image.pk}/withdraw/"
    reviewer = client_of(world.callers["reviewer"])
    captioned = f"/api/v1/images/{world.caption.task.image_id}/withdraw/"
    for picture, status in ((captioned, 403), (address, 404)):  # The other one they may not even see.
        assert reviewer.post(picture, {"reason": "x"}, format="json").status_code == status
    client = client_of(world.callers["admin"])
    assert client.post(address, {"reason": "  "}, format="json").status_code == 400
    done = client.post(address, {"reason": "Its photographer asked."}, format="json").json()
    assert (done["tasks"], [one["id"] for one in done["exports"]]) == (1, [world.export.pk])
    assert [one["id"] for one in done["archives"]] == [world.archive.pk]
    assert client.get(f"/api/v1/images/{image.pk}/history/").json()["archives"] == done["archives"]
    assert image.pk not in found(client)
    assert found(client, withdrawn="1") == [image.pk]
    assert Event.objects.get(verb="image.withdrawn").after["reason"] == "Its photographer asked."
