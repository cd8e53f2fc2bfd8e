"""Phrases are found once: what has them is left alone, unless it is asked for again; annotators get them with the task."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_server.models import AltText, Image, Project, Round, User
from annotation_server.steps.images import find_phrases as module
from annotation_server.steps.images.find_phrases import find_phrases

Images = Callable[..., list[Image]]


def quiet(**_: Any) -> None:
    """Nobody watches."""


def found() -> list[Any]:
    return list(AltText.objects.order_by("pk").values_list("phrases", flat=True))


def test_every_text_is_looked_through_once(
    project: Project, make_images: Images, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 2)
    make_images(3)
    AltText.objects.update(text="Iguanas basking near Lake Bled")
    assert find_phrases(project=project, again=False, progress=quiet) == 3
    assert found() == [["Iguanas", "Lake Bled"]] * 3
    assert find_phrases(project=project, again=False, progress=quiet) == 0
    Project.objects.update(language="de")
    project.refresh_from_db()
    assert find_phrases(project=project, again=True, progress=quiet) == 3
    assert found() == [["Iguanas basking", "Lake Bled"]] * 3


def test_what_was_done_before_a_stop_is_not_done_again(
    project: Project, make_images: Images, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 1)
    make_images(3)

    def stop(**_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_phrases(project=project, again=False, progress=stop)
    assert find_phrases(project=project, again=False, progress=quiet) == 2


def test_a_task_comes_with_its_phrases(
    ana: User,
    project: Project,
    make_images: Images,
    open_round: Callable[..., Round],
    client_of: Callable[..., APIClient],
) -> None:
    [image] = make_images(1)
    AltText.objects.update(text="Green iguana near Lake Bled")
    AltText.objects.create(image=image, position=1, text="The castle above LAKE BLED")
    find_phrases(project=project, again=False, progress=quiet)
    round = open_round()
    [task] = client_of(ana).post(f"/api/v1/rounds/{round.pk}/claim/", {}, format="json").json()["tasks"]
    assert task["phrases"] == ["Green iguana", "Lake Bled", "castle"]
