"""The people of the whole site, seen and changed by its owners alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotation_server.choices import Role
from annotation_server.models import Event, Image, Project, Round, Task, User
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.tasks.claim_task import claim_tasks
from tests.api.account import AccountBrowser

PEOPLE = "/api/v1/people/"


@pytest.fixture
def owner(db: None, client_of: Callable[[User], APIClient]) -> APIClient:
    """olga, signed in."""
    return client_of(add_person(username="olga", owner=True))


def test_a_person_is_shown_with_their_roles_and_ways_in(owner: APIClient, ana: User) -> None:
    lizards = create_project(slug="lizards", name="Lizards", created_by=None)
    set_role(project=lizards, user=ana, role=Role.REVIEWER, set_by=None)
    make_api_token(user=ana, name="nightly")
    browser = AccountBrowser()
    browser.sign_in_by_link(ana)
    browser.add_app()
    shown, olga = owner.get(PEOPLE).json()["results"]
    assert (shown.pop("date_joined"), shown.pop("last_login")) > ("2026", "2026")
    assert shown == {
        "username": "ana",
        "is_owner": False,
        "is_active": True,
        "has_password": False,
        "second_factors": 1,
        "live_tokens": 1,
        "memberships": [
            {"project": "iguanas", "role": "annotator"},
            {"project": "lizards", "role": "reviewer"},
        ],
    }
    assert (olga["username"], olga["is_owner"]) == ("olga", True)


def test_the_list_is_searched_and_costs_the_same_for_more_people(
    owner: APIClient, ana: User, person: Callable[..., User]
) -> None:
    @contextmanager
    def counted() -> Iterator[list[int]]:
        counts: list[int] = []
        with CaptureQueriesContext(connection) as queries:
            yield counts
        counts.append(len(queries))

    with counted() as few:
        assert len(owner.get(PEOPLE).json()["results"]) == 2
    for name in ("anabel", "ben", "carl"):
        person(name)
    with counted() as many:
        assert len(owner.get(PEOPLE).json()["results"]) == 5
    assert many == few
    found = owner.get(PEOPLE, {"search": "ANA"}).json()["results"]
    assert [each["username"] for each in found] == ["ana", "anabel"]
    assert owner.get(PEOPLE, {"search": "\x00"}).status_code == 400


def test_who_is_deactivated_is_out_and_comes_back_without_their_tokens(
    owner: APIClient,
    ana: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
) -> None:
    make_images(1)
    [held] = claim_tasks(round_id=open_round().pk, annotator=ana, count=1)
    make_api_token(user=ana, name="nightly")
    browser = AccountBrowser()
    browser.sign_in_by_link(ana)
    gone = owner.patch(f"{PEOPLE}ana/", {"is_active": False}, format="json").json()
    assert (gone["is_active"], gone["live_tokens"]) == (False, 0)
    assert (browser.user(), Task.objects.get(pk=held).annotator) == (None, None)
    back = owner.patch(f"{PEOPLE}ana/", {"is_active": True}, format="json").json()
    assert (back["is_active"], back["live_tokens"]) == (True, 0)
    assert browser.user() is None, "a session that ended does not come back"
    verbs = Event.objects.filter(actor__username="olga").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["user.deactivated", "user.reactivated"]


def test_the_last_owner_cannot_lock_the_site(owner: APIClient) -> None:
    answer = owner.patch(f"{PEOPLE}olga/", {"is_active": False}, format="json")
    assert (answer.status_code, User.objects.get(username="olga").is_active) == (403, True)


def test_a_lost_phone_is_made_good_and_every_session_ends(owner: APIClient, ana: User) -> None:
    browser = AccountBrowser()
    browser.sign_in_by_link(ana)
    browser.add_app()
    assert owner.delete(f"{PEOPLE}ana/sessions/").status_code == 204
    assert browser.user() is None
    assert owner.delete(f"{PEOPLE}ana/second-factor/").status_code == 204
    link = owner.post(f"{PEOPLE}ana/sign-in-link/").json()["link"]
    assert browser.ours("POST", "session/", {"link": link.removeprefix("/sign-in/")}).status_code == 200
    assert browser.user() == "ana"
    told = Event.objects.filter(actor__username="olga").order_by("id").values_list("verb", flat=True)
    assert list(told) == ["user.sessions_ended", "user.second_factor_reset", "sign_in_link.made"]


def test_nobody_is_changed_by_halves(owner: APIClient, project: Project, ana: User) -> None:
    for body in ({}, {"is_active": "perhaps"}, {"is_owner": True}):
        assert owner.patch(f"{PEOPLE}ana/", body, format="json").status_code == 400
    assert owner.patch(f"{PEOPLE}nobody/", {"is_active": False}, format="json").status_code == 404
    changed = User.objects.get(username="ana")
    assert (changed.is_active, changed.is_superuser) == (True, False)


def test_a_token_makes_no_sign_in_link(db: None, ana: User) -> None:
    secret = make_api_token(user=add_person(username="olga", owner=True), name="script")
    program = APIClient(headers={"authorization": f"Token {secret}"})
    assert program.get(PEOPLE).status_code == 200
    assert program.post(f"{PEOPLE}ana/sign-in-link/").status_code == 403
