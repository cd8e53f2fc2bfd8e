"""Sign-in links work once; tokens and links are stored as hashes alone."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from annotation_server.errors import LinkUsedUp
from annotation_server.models import ApiToken, Event, SignInLink, User
from annotation_server.reach.secret import secret_digest
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link, use_sign_in_link
from tests.at_once import at_once


def test_a_link_signs_its_person_in_once(ana: User, ada: User) -> None:
    secret = make_sign_in_link(user=ana, made_by=ada)
    assert use_sign_in_link(secret=secret) == ana
    with pytest.raises(LinkUsedUp):
        use_sign_in_link(secret=secret)
    assert list(
        Event.objects.filter(verb__in=["sign_in_link.made", "sign_in_link.used"]).values_list("actor")
    ) == [
        (ada.pk,),
        (ana.pk,),
    ]


def test_the_secret_is_not_stored(ana: User) -> None:
    secret = make_sign_in_link(user=ana)
    link = SignInLink.objects.get()
    assert (len(secret), len(link.secret_sha256)) == (43, 64)
    assert secret not in str(SignInLink.objects.values()) + str(Event.objects.values())


def test_a_link_runs_out(ana: User) -> None:
    secret = make_sign_in_link(user=ana, hours=1)
    SignInLink.objects.update(expires_at=Now() - timedelta(seconds=1))
    with pytest.raises(LinkUsedUp):
        use_sign_in_link(secret=secret)


def test_a_link_of_somebody_who_was_deactivated_is_dead(ana: User) -> None:
    secret = make_sign_in_link(user=ana)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    with pytest.raises(LinkUsedUp):
        use_sign_in_link(secret=secret)


@pytest.mark.parametrize("secret", ["", "no such link", "\x00", "\ud83d", "x" * 10_000])
def test_what_was_never_a_link_is_refused_alike(db: None, secret: str) -> None:
    with pytest.raises(LinkUsedUp):
        use_sign_in_link(secret=secret)


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_at_once_one_counts(ana: User) -> None:
    secret = make_sign_in_link(user=ana)
    answers = at_once([lambda: use_sign_in_link(secret=secret)] * 8)
    assert sum(one == ana for one in answers) == 1
    assert {type(one) for one in answers if isinstance(one, Exception)} == {LinkUsedUp}


def test_a_token_is_shown_once_and_stored_as_a_hash(ana: User) -> None:
    secret = make_api_token(user=ana, name="script")
    assert list(ApiToken.objects.values_list("user", "name", "secret_sha256")) == [
        (ana.pk, "script", secret_digest(secret))
    ]
    assert secret not in str(Event.objects.values())
