"""What looks the same is found, what only resembles is not, and the lookup does not grow with what is there."""

import random
from io import BytesIO

import pytest
from django.db import connection
from PIL import Image as Pictures
from PIL import ImageDraw

from annotation_server.choices import Split
from annotation_server.models import Image, ImageCluster, Project
from annotation_server.models.image import BAND_SHIFTS
from annotation_server.pictures.pixels import look_of
from annotation_server.queries.images.near_duplicates import (
    LOOKUP,
    Look,
    distance,
    looks_same,
    near_duplicates,
)
from tests.drawing import drawn

GRID = bytes(192)


def look(image: Pictures.Image) -> Look:
    perceptual_hash, colour_grid = look_of(image)
    return Look(perceptual_hash=perceptual_hash, colour_grid=colour_grid)


def stored(project: Project, *, perceptual_hash: int, grid: bytes = GRID, number: int = 1) -> Image:
    return Image.objects.create(
        project=project,
        cluster=ImageCluster.objects.create(project=project, split=Split.TRAIN),
        split=Split.TRAIN,
        sha256=f"{number:064x}",
        perceptual_hash=perceptual_hash,
        colour_grid=grid,
        file_name="images/x.png",
        width=1,
        height=1,
        byte_count=1,
        media_type="image/png",
    )


def recoded(image: Pictures.Image) -> Pictures.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=30)
    return Pictures.open(file).convert("RGB")


@pytest.mark.parametrize("seed", range(10))
def test_recoded_and_resized_copies_look_the_same(seed: int) -> None:
    original = drawn(seed, width=600, height=400)
    for copy in (
        recoded(original),
        original.resize((300, 200)),
        original.resize((224, 224)),
        recoded(original.resize((90, 60))),
    ):
        assert looks_same(look(original), look(copy))


def test_other_pictures_do_not() -> None:
    looks = [look(drawn(seed)) for seed in range(60)]
    assert not [(a, b) for a in range(60) for b in range(a) if looks_same(looks[a], looks[b])]


def test_one_shape_of_another_colour_is_another_picture() -> None:
    def scene(colour: str) -> Pictures.Image:
        image = Pictures.new("RGB", (320, 320), "white")
        ImageDraw.Draw(image).ellipse((40, 40, 140, 140), fill=colour)
        return image

    red, blue = look(scene("#d02020")), look(scene("#2020d0"))
    assert distance(red.perceptual_hash, blue.perceptual_hash) <= 8
    assert not looks_same(red, blue)
    assert looks_same(red, look(recoded(scene("#d02020"))))


@pytest.mark.django_db
def test_hashes_up_to_three_bits_apart_are_always_found(project: Project) -> None:
    rng = random.Random(1)
    wanted, hashes = [], []
    for number in range(200):
        hashed, bits = rng.getrandbits(64) - 2**63, number % 4
        image = stored(
            project,
            perceptual_hash=hashed ^ sum(1 << bit for bit in rng.sample(range(63), bits)),
            number=number,
        )
        hashes.append(hashed)
        wanted.append([(image.sha256, bits)])
    looks = [Look(perceptual_hash=hashed, colour_grid=GRID) for hashed in hashes]
    found = near_duplicates(project=project, looks=looks)
    assert [[(one.sha256, one.distance) for one in near] for near in found] == wanted


@pytest.mark.django_db
def test_nearest_first_and_only_of_the_same_project(project: Project) -> None:
    other = Project.objects.create(slug="other", name="Other")
    far, near = stored(project, perceptual_hash=0b111, number=1), stored(project, perceptual_hash=1, number=2)
    stored(other, perceptual_hash=0, number=3)
    stored(project, perceptual_hash=0, grid=b"\xff" * 192, number=4)
    [found, nothing] = near_duplicates(
        project=project,
        looks=[Look(perceptual_hash=0, colour_grid=GRID), Look(perceptual_hash=-1, colour_grid=GRID)],
    )
    assert [one.cluster_id for one in found] == [near.cluster_id, far.cluster_id]
    assert nothing == []


@pytest.mark.django_db
def test_every_part_of_the_lookup_has_its_index(project: Project) -> None:
    cluster = ImageCluster.objects.create(project=project, split=Split.TRAIN)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO image (project_id, cluster_id, split, sha256, perceptual_hash, colour_grid, file_name, width,
                height, byte_count, media_type, source, domain, source_key, image_url, page_url, licence, face_boxes)
            SELECT %s, %s, 'train', lpad(to_hex(n), 64, '0'), hashint8extended(n, 1), '', '', 1,
                1, 1, '', '', '', '', '', '', '', '[]'
            FROM generate_series(1, 20000) AS n
            """,
            [project.pk, cluster.pk],
        )
        cursor.execute("ANALYZE image")
        cursor.execute("EXPLAIN " + LOOKUP, {"project": project.pk, "hashes": [1, 2], "limit": 8})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    for index in ("image_by_perceptual_hash", *(f"image_by_hash_band_{shift}" for shift in BAND_SHIFTS)):
        assert index in plan
    assert "Seq Scan on image" not in plan
