"""Browsers keep pictures for good, so the address of a picture with blurred faces changes with the faces."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_server.api.pictures import url_of_image
from annotation_server.models import CaptionerRun, Image, Project, Round, User
from annotation_server.pictures.faces import faces_key
from annotation_server.steps.images.withdraw_image import withdraw_image

Client = Callable[[User], APIClient]
FACES = [[1, 2, 30, 40]]


@pytest.fixture
def faced(make_images: Callable[..., list[Image]]) -> list[Image]:
    """Two images, the first with a face."""
    images = make_images(2)
    images[0].face_boxes = FACES
    images[0].save(update_fields=["face_boxes"])
    return images


def addresses(images: list[Image]) -> list[str]:
    shown = Image.objects.select_related("project").in_bulk([image.pk for image in images])
    return [url_of_image(shown[image.pk], size="thumbnail") for image in images]


def test_the_preview_of_a_launch(faced: list[Image], ada: User, client_of: Client) -> None:
    def seen() -> list[str]:
        chosen = {"project": "iguanas", "starting_text": "alt_text"}
        first = client_of(ada).post("/api/v1/rounds/preview/", chosen, format="json").json()["first"]
        by_image = {one["image"]: one["thumbnail_url"] for one in first}
        return [by_image[image.pk] for image in faced]

    blurred = seen()
    assert blurred == addresses(faced)
    assert [url.endswith(faces_key(FACES)) for url in blurred] == [True, False]
    Project.objects.update(blur_faces=False)
    assert seen() == addresses(faced) == [blurred[0].removesuffix(f"-{faces_key(FACES)}"), blurred[1]]


def test_the_samples_of_a_run(
    faced: list[Image],
    ana: User,
    ada: User,
    client_of: Client,
    open_round: Callable[..., Round],
    hand_in: Callable[..., object],
    train: Callable[..., CaptionerRun],
) -> None:
    round = open_round()
    for _ in faced:
        hand_in(round, ana)
    run = train(round, cider=0.5)

    def seen() -> dict[str, str]:
        [listed] = client_of(ada).get("/api/v1/captioner-runs/").json()["results"]
        assert client_of(ada).get(f"/api/v1/captioner-runs/{run.pk}/").json() == listed
        return {sample["sha256"]: sample["image_url"] for sample in listed["report"]["samples"]}

    assert seen() == dict(zip([image.sha256 for image in faced], addresses(faced), strict=True))
    assert seen()[faced[0].sha256].endswith(faces_key(FACES))
    Project.objects.update(blur_faces=False)
    assert seen() == dict(zip([image.sha256 for image in faced], addresses(faced), strict=True))
    withdraw_image(image=faced[0], reason="asked for", withdrawn_by=ada)
    assert list(seen()) == [faced[1].sha256]
