"""A project's own practice pictures: chosen by its admins, shown to its members."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_server.models import Event, Image, Lesson, Project, User
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.projects.create_project import create_project

ClientOf = Callable[[User], APIClient]
LESSONS = "/api/v1/projects/iguanas/lessons/"


def lesson(image: Image) -> dict[str, Any]:
    return {
        "image": image.pk,
        "starting_text": "Three iguanas",
        "about": "Count.",
        "has": [["one", "1"], ["iguana"]],
        "lacks": ["three"],
        "example": "One green iguana.",
    }


def put(client: APIClient, *lessons: dict[str, Any]) -> Any:
    return client.put(LESSONS, json.dumps({"lessons": lessons}), content_type="application/json")


def test_an_admin_chooses_and_every_member_sees_them_in_order(
    client_of: ClientOf, ada: User, ana: User, make_images: Callable[..., list[Image]]
) -> None:
    first, second = make_images(2)
    admin = client_of(ada)
    assert client_of(ana).get(LESSONS).json() == []
    put(admin, lesson(first))
    assert put(admin, lesson(second) | {"has": [], "about": ""}, lesson(first)).status_code == 200
    shown = client_of(ana).get(LESSONS).json()
    addresses = [each.pop("image_url") for each in shown]
    assert shown == [lesson(second) | {"has": [], "about": ""}, lesson(first)]
    assert all("/pixels/screen/" in address for address in addresses)
    assert Event.objects.filter(verb="lessons.changed").latest("id").after == {
        "images": [second.pk, first.pk]
    }
    assert put(admin).json() == []


def test_a_picture_that_is_taken_down_is_shown_to_nobody(
    client_of: ClientOf, ada: User, make_images: Callable[..., list[Image]]
) -> None:
    first, second = make_images(2)
    put(client_of(ada), lesson(first), lesson(second))
    withdraw_image(image=first, reason="Its photographer asked.", withdrawn_by=ada)
    assert [each["image"] for each in client_of(ada).get(LESSONS).json()] == [second.pk]
    assert put(client_of(ada), lesson(first)).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"has": [], "lacks": []},
        {"has": [[]]},
        {"lacks": ["x" * 101]},
        {"lacks": ["nul\x00"]},
        {"lacks": ["\ud800"]},
        {"starting_text": " "},
        {"example": "x" * 10_001},
        {"about": "\x00"},
        {"image": 10**30},
    ],
)
def test_what_is_no_lesson_is_refused_and_the_others_stay(
    client_of: ClientOf, ada: User, make_images: Callable[..., list[Image]], changes: dict[str, Any]
) -> None:
    [image] = make_images(1)
    put(client_of(ada), lesson(image))
    answer = put(client_of(ada), lesson(image), lesson(image) | changes)
    assert (answer.status_code, Lesson.objects.count()) == (400, 1)


def test_another_projects_picture_is_refused(
    client_of: ClientOf, project: Project, ada: User, make_images: Callable[..., list[Image]]
) -> None:
    [foreign] = make_images(1, of=create_project(slug="lizards", name="Lizards", created_by=None))
    assert put(client_of(ada), lesson(foreign)).status_code == 400
