"""Choosing a captioner over the API, and the bases of the site: what is shown, to whom, and the one line of each refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import BaseState
from annotation_server.models import BaseCheckpoint, Project, User
from annotation_server.steps.people.add_person import add_person

CAPTIONER = "/api/v1/projects/iguanas/captioner/"
BASES = "/api/v1/captioner-bases/"


@pytest.fixture
def base(db: None) -> BaseCheckpoint:
    return BaseCheckpoint.objects.create(
        name="pre-trained",
        folder="pre",
        state=BaseState.READY,
        sha256="a" * 64,
        misfits={"tiny": "", "small": "Its decoder is another. Choose a recipe with that decoder."},
    )


def test_what_can_be_chosen_is_shown_with_a_sentence_each(
    project: Project, ada: User, client_of: Callable[[User], APIClient]
) -> None:
    shown = client_of(ada).get(CAPTIONER).json()
    recipes = {recipe["name"]: recipe["about"] for recipe in shown.pop("recipes")}
    assert shown == {"recipe": "", "start": "recipe", "base": None, "server_recipe": "tiny"}
    assert {"tiny", "small", "altogether", "opt-2.7b-lora"} <= recipes.keys()
    assert "altogether-pretrain" not in recipes
    assert all(about.endswith((".", "?")) for about in recipes.values())


def test_a_choice_is_kept_and_refusals_change_nothing(
    project: Project, ada: User, base: BaseCheckpoint, client_of: Callable[[User], APIClient]
) -> None:
    client = client_of(ada)
    chosen: dict[str, Any] = {"recipe": "tiny", "start": "base", "base": "pre-trained"}
    assert chosen.items() <= client.patch(CAPTIONER, chosen, format="json").json().items()
    for change, detail in (
        ({"recipe": "grand"}, "There is no recipe 'grand'."),
        ({"recipe": "small"}, "Training cannot start from the base 'pre-trained'. Its decoder is another."),
        ({"base": None}, "Choose the base to start from"),
        ({"base": "other"}, "There is no base 'other'."),
    ):
        answer = client.patch(CAPTIONER, change, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid-settings")
        assert answer.json()["detail"].startswith(detail)
    assert client.patch(CAPTIONER, {"start": "nowhere"}, format="json").status_code == 400
    assert client.patch(CAPTIONER, {"settings": {}}, format="json").status_code == 400
    assert chosen.items() <= client.get(CAPTIONER).json().items()


def test_owners_register_and_remove_bases_that_admins_see(
    project: Project, ada: User, ana: User, base: BaseCheckpoint, client_of: Callable[[User], APIClient]
) -> None:
    owner = client_of(add_person(username="olga", owner=True))
    made = owner.post(BASES, {"name": "another", "folder": "2026/another"}, format="json")
    assert (made.status_code, made.json()["state"]) == (201, "inspecting")
    outside = owner.post(BASES, {"name": "third", "folder": "/etc/ssl"}, format="json")
    assert (outside.status_code, outside.json()["code"]) == (400, "invalid-settings")
    rows = client_of(ada).get(BASES).json()["results"]
    assert [row["name"] for row in rows] == ["another", "pre-trained"]
    assert client_of(ana).get(BASES).status_code == 403
    client_of(ada).patch(CAPTIONER, {"start": "base", "base": "pre-trained"}, format="json")
    kept = owner.delete(f"{BASES}{base.pk}/")
    assert (kept.status_code, kept.json()["code"]) == (409, "base-in-use")
    assert client_of(ada).delete(f"{BASES}{made.json()['id']}/").status_code == 403
    assert owner.delete(f"{BASES}{made.json()['id']}/").status_code == 204
    assert list(BaseCheckpoint.objects.values_list("name", flat=True)) == ["pre-trained"]
