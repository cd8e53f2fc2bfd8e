"""Nobody joins a project without a word of their own, or of an owner of the site; until then they have nothing of it, nor it of
them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings, NotFound
from annotation_server.models import Event, Invitation, Membership, Project, User
from annotation_server.steps.people import invite_person as inviting
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.answer_invitation import (
    accept_invitation,
    decline_invitation,
    withdraw_invitation,
)
from annotation_server.steps.people.change_member import change_role, deactivate_person, pause_member
from annotation_server.steps.people.invite_person import invite_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.remove_member import remove_member
from annotation_server.steps.projects.create_project import create_project, set_role
from tests.at_once import at_once

OWN = "/api/v1/invitations/"
MEMBERS = "/api/v1/projects/iguanas/members/"
OPEN = "/api/v1/projects/iguanas/invitations/"
ClientOf = Callable[[User | None], APIClient]


@pytest.fixture
def ivy(db: None) -> User:
    """Somebody with an account and no project."""
    return add_person(username="ivy")


@pytest.fixture
def invite(project: Project, ada: User, ivy: User) -> Callable[..., int]:
    """invite() has ada ask ivy; its id."""

    def ask(role: Role = Role.REVIEWER) -> int:
        asked = invite_person(project=project, username="ivy", role=role, invited_by=ada).invitation
        assert asked is not None
        return asked.pk

    return ask


def test_who_is_invited_is_asked_and_accepts(ada: User, ivy: User, client_of: ClientOf) -> None:
    answer = client_of(ada).post(MEMBERS, {"username": "ivy", "role": "reviewer"}, format="json")
    told = answer.json()
    assert (answer.status_code, told["member"], told["link"]) == (201, None, None)
    assert told["invitation"].pop("created_at") > "2026"
    assert told["invitation"] == {"username": "ivy", "role": "reviewer", "invited_by": "ada"}
    assert not Membership.objects.filter(user=ivy).exists()
    client = client_of(ivy)
    [asked] = client.get(OWN).json()
    assert (asked["project"], asked["project_name"], asked["role"], asked["invited_by"]) == (
        *("iguanas", "Iguanas", "reviewer", "ada"),
    )
    assert client.get("/api/v1/projects/").json()["results"] == []
    assert client.post(f"{OWN}{asked['id']}/accept/").status_code == 204
    assert ivy.memberships.get().role == Role.REVIEWER
    assert client.get(OWN).json() == client_of(ada).get(OPEN).json() == []
    assert [one["slug"] for one in client.get("/api/v1/projects/").json()["results"]] == ["iguanas"]
    events = Event.objects.filter(verb__startswith="invitation.").order_by("id")
    assert [(one.actor, one.verb, one.project) for one in events] == [
        (ada, "invitation.made", ivy.memberships.get().project),
        (ivy, "invitation.accepted", ivy.memberships.get().project),
    ]


@pytest.mark.parametrize("way", ["declined", "withdrawn"])
def test_an_invitation_ends_and_may_be_made_again(
    way: str, invite: Callable[..., int], project: Project, ivy: User, ada: User, client_of: ClientOf
) -> None:
    key = invite()
    if way == "declined":
        assert client_of(ivy).post(f"{OWN}{key}/decline/").status_code == 204
    else:
        assert client_of(ada).delete(f"{OPEN}ivy/").status_code == 204
    for end in ("accept", "decline"):
        assert client_of(ivy).post(f"{OWN}{key}/{end}/").status_code == 404
    assert client_of(ada).delete(f"{OPEN}ivy/").status_code == 404
    assert not Membership.objects.filter(user=ivy).exists()
    event = Event.objects.get(verb=f"invitation.{way}")
    assert (event.project, event.after) == (project, {"role": "reviewer", "username": "ivy"})
    assert event.actor == (ivy if way == "declined" else ada)
    invite()


def test_an_owner_of_the_site_adds_at_once_and_a_command_ends_what_was_asked(
    invite: Callable[..., int], project: Project, ivy: User, client_of: ClientOf
) -> None:
    key = invite(Role.ADMIN)
    owner = client_of(add_person(username="olga", owner=True))
    told = owner.post(MEMBERS, {"username": "ivy", "role": "annotator"}, format="json").json()
    assert (told["member"]["role"], told["invitation"], told["link"]) == ("annotator", None, None)
    assert client_of(ivy).post(f"{OWN}{key}/accept/").status_code == 404
    remove_member(membership=ivy.memberships.get(), removed_by=None)
    assert client_of(ivy).post(f"{OWN}{key}/accept/").status_code == 404, "who was removed stays out"
    key = invite(Role.ADMIN)
    set_role(project=project, user=ivy, role=Role.ANNOTATOR, set_by=None)
    assert client_of(ivy).post(f"{OWN}{key}/accept/").status_code == 404
    assert ivy.memberships.get().role == Role.ANNOTATOR


def test_one_open_invitation_a_project(
    invite: Callable[..., int], project: Project, ada: User, ivy: User, refused: Callable[[str], Any]
) -> None:
    invite(Role.ANNOTATOR)
    with pytest.raises(InvalidSettings, match="invited already"):
        invite(Role.ADMIN)
    assert Invitation.objects.get().role == Role.ANNOTATOR
    with refused("invitation_one_per_person"):
        Invitation.objects.create(project=project, user=ivy, role=Role.ADMIN, invited_by=ada)


def test_a_project_has_no_more_than_so_many_open(
    invite: Callable[..., int], project: Project, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "MOST_OPEN", 1)
    add_person(username="ida")
    invite()
    with pytest.raises(InvalidSettings, match="have not answered yet"):
        invite_person(project=project, username="ida", role=Role.ANNOTATOR, invited_by=ada)
    withdraw_invitation(project=project, username="ivy", withdrawn_by=ada)
    invite_person(project=project, username="ida", role=Role.ANNOTATOR, invited_by=ada)


def test_an_admin_learns_of_an_account_its_name_alone(
    project: Project, ada: User, ben: User, client_of: ClientOf
) -> None:
    """One that works elsewhere and one that was let go: they look alike."""
    other = create_project(slug="lizards", name="Lizards", created_by=None)
    liz, gone = add_person(username="liz"), add_person(username="gone")
    User.objects.filter(pk=liz.pk).update(first_name="Elizabeth", email="liz@example.org")
    set_role(project=other, user=liz, role=Role.ADMIN, set_by=None)
    make_api_token(user=liz, name="Lizas-token")
    deactivate_person(user=gone, deactivated_by=None)
    client = client_of(ada)
    answers = [
        client.post(MEMBERS, {"username": name, "role": "annotator"}, format="json")
        for name in ("liz", "gone")
    ]
    told = [re.sub(r'"created_at":"[^"]*"', "", one.content.decode()) for one in answers]
    assert told[0].replace("liz", "X") == told[1].replace("gone", "X")
    pages = (MEMBERS, OPEN, "/api/v1/events/", "/api/v1/captions/", "/api/v1/projects/iguanas/")
    seen = "".join(client.get(page).content.decode() for page in pages)
    assert not [word for word in ("Elizabeth", "example.org", "Lizards", "lizards", "Lizas") if word in seen]
    assert [one["username"] for one in client.get(OPEN).json()] == ["gone", "liz"]
    assert [one["username"] for one in client.get(MEMBERS).json()] == ["ada", "ben"]
    events = client.get("/api/v1/events/").json()["results"]
    assert all(
        one["after"] == {"role": "annotator", "username": one["after"]["username"]}
        for one in events
        if one["verb"] == "invitation.made"
    )


def test_no_token_invites_accepts_or_declines(invite: Callable[..., int], ada: User, ivy: User) -> None:
    key = invite()
    for user, path, body in (
        (ada, MEMBERS, {"username": "newcomer", "role": "annotator"}),
        (ivy, f"{OWN}{key}/accept/", {}),
        (ivy, f"{OWN}{key}/decline/", {}),
    ):
        secret = make_api_token(user=user, name=path)
        program = APIClient(headers={"authorization": f"Token {secret}"})
        answer = program.post(path, body, format="json")
        assert (answer.status_code, "are for people" in answer.json()["detail"]) == (403, True), path
    assert Invitation.objects.filter(pk=key).exists()
    assert not Membership.objects.filter(user=ivy).exists()


def test_nobody_answers_for_another(
    invite: Callable[..., int], ada: User, ben: User, client_of: ClientOf
) -> None:
    key = invite()
    owner = add_person(username="olga", owner=True)
    for one in (ada, ben, owner):
        assert client_of(one).get(OWN).json() == []
        assert client_of(one).post(f"{OWN}{key}/accept/").status_code == 404
    assert Invitation.objects.filter(pk=key).exists()


@pytest.mark.django_db(transaction=True)
def test_of_all_that_ends_an_invitation_at_once_one_does(
    invite: Callable[..., int], project: Project, ivy: User, ada: User
) -> None:
    def accept() -> object:
        return accept_invitation(key=key, user=ivy)

    def decline() -> object:
        decline_invitation(key=key, user=ivy)
        return None

    def withdraw() -> object:
        withdraw_invitation(project=project, username="ivy", withdrawn_by=ada)
        return None

    for _ in range(4):
        key = invite()
        before = Event.objects.filter(verb="invitation.accepted").count()
        outcomes = at_once([accept, accept, decline, withdraw])
        assert [type(one) for one in outcomes if isinstance(one, Exception)] == [NotFound] * 3
        joined = [one for one in outcomes if isinstance(one, Membership)]
        assert list(Membership.objects.filter(user=ivy)) == joined
        assert Event.objects.filter(verb="invitation.accepted").count() - before == len(joined)
        assert not Invitation.objects.exists()
        for one in joined:
            remove_member(membership=one, removed_by=ada)


@pytest.mark.django_db(transaction=True)
def test_inviting_and_adding_at_once_leaves_no_invitation_for_a_member(
    project: Project, ivy: User, ada: User
) -> None:
    def ask() -> object:
        return invite_person(project=project, username="ivy", role=Role.ADMIN, invited_by=ada)

    def add() -> object:
        with transaction.atomic():
            return set_role(project=project, user=ivy, role=Role.ANNOTATOR, set_by=None)

    for _ in range(6):
        outcomes = at_once([ask, add, ask])
        unexpected = [one for one in outcomes if isinstance(one, Exception)]
        assert {type(one) for one in unexpected} <= {InvalidSettings}
        assert (Invitation.objects.count(), ivy.memberships.get().role) == (0, Role.ANNOTATOR)
        remove_member(membership=ivy.memberships.get(), removed_by=ada)


def test_who_is_invited_is_changed_and_removed_like_a_stranger(
    invite: Callable[..., int], ada: User, client_of: ClientOf
) -> None:
    invite()
    assert client_of(ada).patch(f"{MEMBERS}ivy/", {"role": "admin"}, format="json").status_code == 404
    assert client_of(ada).delete(f"{MEMBERS}ivy/").status_code == 404


@pytest.mark.parametrize("out", ["removed", "paused", "demoted", "deactivated"])
def test_an_invitation_ends_with_the_right_to_invite(
    out: str, project: Project, ada: User, ivy: User, invite: Callable[..., int], client_of: ClientOf
) -> None:
    """What somebody leaves behind opens no door to who comes with it."""
    key = invite(Role.ADMIN)
    other = add_person(username="olga", owner=True)
    set_role(project=project, user=add_person(username="abe"), role=Role.ADMIN, set_by=None)
    membership = Membership.objects.get(user=ada)
    ends: dict[str, Callable[[], object]] = {
        "removed": lambda: remove_member(membership=membership, removed_by=other),
        "paused": lambda: pause_member(membership=membership, paused_by=other),
        "demoted": lambda: change_role(membership=membership, role=Role.REVIEWER, changed_by=other),
        "deactivated": lambda: deactivate_person(user=ada, deactivated_by=other),
    }
    ends[out]()
    assert client_of(ivy).post(f"{OWN}{key}/accept/", {}, format="json").status_code == 404
    assert not Membership.objects.filter(user=ivy).exists()
    assert Invitation.objects.filter(pk=key).exists()
