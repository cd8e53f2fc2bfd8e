"""Inviting people, changing their role, pausing them and handing their tasks over."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_server.choices import Role, TaskState
from annotation_server.errors import InvalidSettings, NotAllowed
from annotation_server.models import Caption, Event, Image, Membership, Project, Round, SignInLink, Task, User
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.change_member import (
    change_role,
    deactivate_person,
    pause_member,
    reactivate_person,
    resume_member,
)
from annotation_server.steps.people.invite_person import invite_person
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.remove_member import remove_member
from annotation_server.steps.people.use_sign_in_link import use_sign_in_link
from annotation_server.steps.projects.create_project import create_project, set_role
from annotation_server.steps.tasks.claim_task import claim_tasks

HandIn = Callable[..., Caption]


def membership(user: User) -> Membership:
    return Membership.objects.select_related("project").get(user=user)


def test_a_newcomer_gets_an_account_and_one_link(project: Project, ada: User) -> None:
    invitation = invite_person(project=project, username="nina", role=Role.REVIEWER, invited_by=ada)
    nina = User.objects.get(username="nina")
    assert (membership(nina).role, invitation.invitation) == (Role.REVIEWER, None)
    assert not nina.has_usable_password()
    assert use_sign_in_link(secret=invitation.link_secret or "") == nina
    event = Event.objects.get(verb="membership.invited")
    assert (event.actor, event.after) == (ada, {"role": "reviewer", "user": nina.pk, "new_account": True})


def test_nobody_gets_a_link_to_an_account_that_was_there(ana: User, ada: User) -> None:
    """Else any project's admin could sign in as anybody, the site's owner included."""
    other = create_project(slug="lizards", name="Lizards", created_by=ada)
    for inviter in (ada, add_person(username="olga", owner=True)):
        invited = invite_person(project=other, username="ana", role=Role.ANNOTATOR, invited_by=inviter)
        assert invited.link_secret is None
    assert SignInLink.objects.count() == 0


@pytest.mark.parametrize("username", ["", "two words", "nul\x00", "x" * 151, "<script>"])
def test_malformed_names_are_refused(project: Project, ada: User, username: str) -> None:
    with pytest.raises(InvalidSettings):
        invite_person(project=project, username=username, role=Role.ANNOTATOR, invited_by=ada)


def test_a_member_is_not_invited_again(project: Project, ana: User, ada: User) -> None:
    with pytest.raises(InvalidSettings):
        invite_person(project=project, username="ana", role=Role.ADMIN, invited_by=ada)
    assert membership(ana).role == Role.ANNOTATOR


def test_the_last_admin_stays_one(ada: User, ana: User) -> None:
    with pytest.raises(NotAllowed):
        change_role(membership=membership(ada), role=Role.ANNOTATOR, changed_by=ada)
    change_role(membership=membership(ana), role=Role.ADMIN, changed_by=ada)
    change_role(membership=membership(ada), role=Role.ANNOTATOR, changed_by=ana)
    assert (membership(ada).role, membership(ana).role) == (Role.ANNOTATOR, Role.ADMIN)


def test_a_paused_persons_tasks_go_to_the_others_and_their_words_are_kept(
    ana: User,
    ben: User,
    ada: User,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: HandIn,
) -> None:
    make_images(3)
    round = open_round()
    done = hand_in(round, ana)
    held = claim_tasks(round_id=round.pk, annotator=ana, count=2)
    Task.objects.filter(pk=held[1]).update(
        state=TaskState.RETURNED, current_caption=done, lease_expires_at=None
    )
    assert pause_member(membership=membership(ana), paused_by=ada) == 2
    assert pause_member(membership=membership(ana), paused_by=ada) == 0
    with pytest.raises(NotAllowed):
        claim_tasks(round_id=round.pk, annotator=ana, count=1)
    assert sorted(claim_tasks(round_id=round.pk, annotator=ben, count=5)) == sorted(held)
    assert Task.objects.get(pk=done.task_id).annotator == ana
    assert ana.working_copies.count() == 3
    assert Event.objects.get(verb="membership.paused").after == {
        "paused": True,
        "user": ana.pk,
        "handed_over": 2,
    }
    resume_member(membership=membership(ana), resumed_by=ada)
    assert claim_tasks(round_id=round.pk, annotator=ana, count=1) == []


def test_roles_elsewhere_do_not_change(project: Project, ana: User, ada: User) -> None:
    other = create_project(slug="lizards", name="Lizards", created_by=None)
    set_role(project=other, user=ana, role=Role.REVIEWER, set_by=None)
    change_role(membership=Membership.objects.get(project=project, user=ana), role=Role.ADMIN, changed_by=ada)
    assert Membership.objects.get(project=other, user=ana).role == Role.REVIEWER


def test_who_is_deactivated_is_out_at_once_and_their_tasks_go_to_others(
    make_images: Callable[..., list[Image]], open_round: Callable[..., Round], ana: User, ben: User, ada: User
) -> None:
    make_images(2)
    round = open_round()
    claim_tasks(round_id=round.pk, annotator=ana, count=2)
    secret = make_api_token(user=ana, name="script")
    assert deactivate_person(user=ana, deactivated_by=ada) == 2
    assert deactivate_person(user=ana, deactivated_by=ada) == 0, "twice is once"
    assert len(claim_tasks(round_id=round.pk, annotator=ben, count=2)) == 2
    token = APIClient(headers={"authorization": f"Token {secret}"})
    assert token.get("/api/v1/projects/").status_code == 401
    reactivate_person(user=ana, reactivated_by=ada)
    assert token.get("/api/v1/projects/").status_code == 401, "tokens stay revoked"
    events = Event.objects.filter(object_type="user", object_id=str(ana.pk), verb__endswith="activated")
    assert list(events.order_by("id").values_list("verb", "before", "after")) == [
        (
            "user.deactivated",
            {"is_active": True},
            {"is_active": False, "tokens_revoked": 1, "handed_over": 2},
        ),
        ("user.reactivated", {"is_active": False}, {"is_active": True}),
    ]


def test_the_last_owner_stays(db: None) -> None:
    owner = add_person(username="olga", owner=True)
    with pytest.raises(NotAllowed):
        deactivate_person(user=owner, deactivated_by=None)
    add_person(username="oskar", owner=True)
    deactivate_person(user=owner, deactivated_by=None)
    owner.refresh_from_db()
    assert not owner.is_active


def test_somebody_who_can_act_stays_admin(project: Project, ada: User, ana: User) -> None:
    """A paused admin is none who could act for the project."""
    with pytest.raises(NotAllowed):
        pause_member(membership=membership(ada), paused_by=ada)
    set_role(project=project, user=ana, role=Role.ADMIN, set_by=None)
    pause_member(membership=membership(ana), paused_by=ada)
    for end in (
        lambda: change_role(membership=membership(ada), role=Role.REVIEWER, changed_by=ada),
        lambda: remove_member(membership=membership(ada), removed_by=ada),
        lambda: pause_member(membership=membership(ada), paused_by=ada),
    ):
        with pytest.raises(NotAllowed):
            end()
    remove_member(membership=membership(ana), removed_by=ada)
