"""Embeddings are stored once, by whoever holds the job, and tell which images are alike."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from rest_framework.test import APIClient

from annotation_server import jobs
from annotation_server.choices import JobKind, JobState, Split
from annotation_server.errors import FencedOff
from annotation_server.models import (
    AltText,
    Caption,
    HeldOutLookalike,
    Image,
    ImageEmbedding,
    Job,
    Project,
    Round,
    TrainingSet,
    User,
)
from annotation_server.options.import_images import ImportOptions
from annotation_server.progress import silent
from annotation_server.queries.images.held_out_lookalikes import INDEXED_WIDTHS, lookalikes_of
from annotation_server.queries.images.similar_images import similar_images
from annotation_server.steps.images.embed_images import (
    Embedded,
    not_embedded,
    request_embeddings,
    store_embeddings,
)
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.create_project import create_project
from annotation_server.steps.rounds.close_round import close_round
from annotation_server.steps.runs.build_training_set import build_training_set
from tests.conftest import held
from tests.drawing import write_picture, write_rows

pytestmark = pytest.mark.django_db

MakeImages = Callable[..., list[Image]]


def vector(angle: float, width: int = 64) -> list[float]:
    """A direction in the plane of the first two numbers."""
    return [1.0 - angle, angle, *[0.0] * (width - 2)]


def found(vectors: dict[int, list[float]], score: float | None = 20.0) -> Iterator[Embedded]:
    return (Embedded(image_id=pk, vector=vector, alt_text_score=score) for pk, vector in vectors.items())


def embed(project: Project, encoder: str, vectors: dict[int, list[float]]) -> None:
    job = request_embeddings(project=project, requested_by=None)
    store_embeddings(
        project=project,
        hold=held(job),
        encoder=encoder,
        found=found(vectors),
        progress=silent,
    )
    assert Job.objects.get(pk=job.pk).state == JobState.SUCCEEDED


def alike(image: Image) -> list[int]:
    return [one.image_id for one in similar_images(image=image, count=10) or []]


def test_the_likest_come_first_and_only_of_the_same_project(
    project: Project, make_images: MakeImages
) -> None:
    first, near, far, gone, fresh = make_images(5)
    other = create_project(slug="other", name="Other", created_by=None)
    [foreign] = make_images(1, of=other)
    embed(project, "e", {first.pk: vector(0), far.pk: vector(0.5), near.pk: vector(0.1), gone.pk: vector(0)})
    embed(other, "e", {foreign.pk: vector(0)})
    Image.objects.filter(pk=gone.pk).update(withdrawn_at=Now())
    assert alike(first) == [near.pk, far.pk]
    [nearest, _] = similar_images(image=first, count=10) or []
    assert nearest.likeness == pytest.approx(0.9 / (0.81 + 0.01) ** 0.5)
    assert similar_images(image=fresh, count=10) is None
    assert [image.pk for image in not_embedded(project=project, encoder="e")] == [fresh.pk]


@pytest.mark.parametrize("width", INDEXED_WIDTHS)
def test_the_index_is_used(project: Project, make_images: MakeImages, width: int) -> None:
    images = make_images(3)
    embed(project, "e", {image.pk: vector(number / 10, width) for number, image in enumerate(images)})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            f"EXPLAIN SELECT image_id FROM image_embedding WHERE vector_dims(vector) = {width} "
            f"ORDER BY vector::vector({width}) <=> %s::vector({width}) LIMIT 2",
            [str(vector(0, width))],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"image_embedding_hnsw_{width}" in plan


def test_the_tiny_encoder_has_an_index() -> None:
    from captioner.encoders.scenes_encoder import EMBEDDING

    assert EMBEDDING in INDEXED_WIDTHS


def test_another_encoder_takes_the_place_of_the_old_one(project: Project, make_images: MakeImages) -> None:
    images = make_images(2)
    embed(project, "old", {image.pk: vector(0.1) for image in images})
    embed(project, "new", {image.pk: vector(0.2, 5) for image in images})
    assert set(ImageEmbedding.objects.values_list("encoder", flat=True)) == {"new"}
    assert alike(images[0]) == [images[1].pk]
    [stored] = ImageEmbedding.objects.filter(image=images[0])
    assert stored.vector == pytest.approx(vector(0.2, 5))


def test_images_are_compared_with_alt_texts_that_they_have(project: Project, make_images: MakeImages) -> None:
    told, untold = make_images(2)
    AltText.objects.filter(image=untold).update(text="")
    for score, still_lacking in ((None, [told]), (31.5, [])):
        job = request_embeddings(project=project, requested_by=None)
        store_embeddings(
            project=project,
            hold=held(job),
            encoder="e",
            found=found({told.pk: vector(0), untold.pk: vector(0)}, score),
            progress=silent,
        )
        assert list(not_embedded(project=project, encoder="e")) == still_lacking
    assert set(ImageEmbedding.objects.values_list("alt_text_score", flat=True)) == {31.5}


def test_one_job_at_a_time_and_a_lost_one_stores_nothing(project: Project, make_images: MakeImages) -> None:
    [image] = make_images(1)
    job = request_embeddings(project=project, requested_by=None)
    assert request_embeddings(project=project, requested_by=None) == job
    zombie = held(job)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    assert jobs.take(job_id=job.pk) is not None
    with pytest.raises(FencedOff):
        store_embeddings(
            project=project,
            hold=zombie,
            encoder="e",
            found=found({image.pk: vector(0)}),
            progress=silent,
        )
    assert ImageEmbedding.objects.count() == 0


def test_what_passes_for_a_held_out_image_is_in_no_training_set(
    project: Project,
    make_images: MakeImages,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
    settings: Any,
) -> None:
    like, unlike = make_images(2)
    [held_out] = make_images(1, split=Split.EVAL)
    other = create_project(slug="other", name="Other", created_by=None)
    [foreign] = make_images(1, split=Split.EVAL, of=other)
    embed(other, "e", {foreign.pk: vector(0.3)})
    # Whichever comes later is compared with what is there.
    embed(project, "e", {like.pk: vector(0.05), unlike.pk: vector(0.3)})
    assert HeldOutLookalike.objects.count() == 0
    embed(project, "e", {held_out.pk: vector(0)})
    assert list(lookalikes_of(image=like, count=9)) == [held_out.pk]
    assert lookalikes_of(image=held_out, count=9) == {
        like.pk: pytest.approx(0.95 / (0.95**2 + 0.05**2) ** 0.5)
    }
    assert lookalikes_of(image=unlike, count=9) == {}
    assert Job.objects.latest("created_at").result == {"embedded": 1, "look_held_out": 1}

    round = open_round()
    for _ in range(2):
        hand_in(round, ana, "A green iguana.")
    build_training_set(round=round, hold=held(close_round(round=round, closed_by=None)), requested_by=None)
    frozen = TrainingSet.objects.get()
    assert (frozen.row_count, frozen.left_out_count) == (1, 1)
    assert [row.image_id for row in frozen.rows.all()] == [unlike.pk]

    settings.NEAR_DUPLICATE_LIKENESS = 0.9999
    assert lookalikes_of(image=like, count=9) == {}
    settings.NEAR_DUPLICATE_LIKENESS = 0.9  # Further down than was looked: the next job looks again.
    embed(project, "e", {})
    assert list(lookalikes_of(image=held_out, count=9)) == [like.pk, unlike.pk]
    embed(project, "another", {like.pk: vector(0), held_out.pk: vector(0.5)})
    assert HeldOutLookalike.objects.count() == 0


def test_new_images_are_embedded_where_the_others_are(
    project: Project, make_images: MakeImages, tmp_path: Path
) -> None:
    write_picture(tmp_path / "boat.png", seed=1)
    rows = write_rows(tmp_path / "rows.jsonl", [{"file": "boat.png", "alt": "a boat"}])

    def import_again() -> None:
        import_images(
            project=project,
            source=str(rows),
            imported_by=None,
            options=ImportOptions(processes=1),
            progress=lambda **told: None,
        )

    import_again()
    assert not Job.objects.exists()
    [image] = make_images(1)
    embed(project, "e", {image.pk: vector(0)})
    import_again()
    assert Job.objects.get(state=JobState.QUEUED).kind == JobKind.EMBED_IMAGES


def test_a_withdrawn_held_out_image_keeps_nothing_out(project: Project, make_images: MakeImages) -> None:
    [like] = make_images(1)
    [held_out] = make_images(1, split=Split.EVAL)
    embed(project, "e", {like.pk: vector(0), held_out.pk: vector(0)})
    assert lookalikes_of(image=like, count=9) == {held_out.pk: pytest.approx(1)}
    Image.objects.filter(pk=held_out.pk).update(withdrawn_at=Now())
    assert lookalikes_of(image=like, count=9) == {}


def test_more_like_this_over_the_api(
    project: Project, make_images: MakeImages, ada: User, client_of: Callable[[User], APIClient]
) -> None:
    first, near = make_images(2)
    address = f"/api/v1/images/{first.pk}/similar/"
    assert client_of(ada).get(address).json() == {"embedded": False, "images": [], "other_split": []}
    asked = client_of(ada).post("/api/v1/images/embed/", {"project": "iguanas"}, format="json")
    assert (asked.status_code, asked.json()["kind"]) == (202, "embed_images")
    hold = held(Job.objects.get())
    store_embeddings(
        project=project,
        hold=hold,
        encoder="e",
        found=found({first.pk: vector(0), near.pk: vector(0.1)}),
        progress=silent,
    )
    answer: dict[str, Any] = client_of(ada).get(address).json()
    assert (answer["embedded"], [one["image"]["id"] for one in answer["images"]]) == (True, [near.pk])
