"""Accounts: a password set after an invitation, second factors, sessions, and how guessing is stopped."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from annotation_server.models import Event, Membership, Project, User
from annotation_server.steps.people.change_member import deactivate_person, pause_member
from annotation_server.steps.people.reset_second_factor import reset_second_factor
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link
from tests.api.account import GOOD_PASSWORD, SESSION, AccountBrowser, code_of
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> AccountBrowser:
    return AccountBrowser()


@pytest.fixture
def ana_with_password(ana: User) -> User:
    ana.set_password(GOOD_PASSWORD)
    ana.save(update_fields=["password"])
    return ana


def verbs() -> list[str]:
    """What the audit log says of accounts, in order."""
    return list(Event.objects.filter(verb__startswith="user.").values_list("verb", flat=True))[1:]


def test_who_came_by_invitation_sets_a_password_and_signs_in_with_it(
    browser: AccountBrowser, ana: User
) -> None:
    assert browser.sign_in_by_link(ana).status_code == 200
    assert browser.set_password("short").status_code == 400
    assert browser.set_password().status_code == 200
    assert browser.user() == "ana", "setting a password keeps this session"
    other = AccountBrowser()
    assert other.sign_in("ana").status_code == 200
    assert other.user() == "ana"
    assert verbs() == ["user.signed_in", "user.password_set", "user.signed_in"]
    assert [event.after for event in Event.objects.filter(verb="user.signed_in")] == [
        {"by": ["link"]},
        {"by": ["password"]},
    ]


@pytest.mark.parametrize("username", ["ana", "nobody", "", "ana\u0130", "x" * 5_000])
def test_a_wrong_password_and_an_unknown_name_answer_alike(
    browser: AccountBrowser, ana_with_password: User, username: str
) -> None:
    answer = browser.sign_in(username, "wrong")
    assert answer.status_code == 400
    assert browser.user() is None
    if username in {"ana", "nobody"}:
        assert [error["code"] for error in answer.json()["errors"]] == ["username_password_mismatch"]


def test_a_changed_password_ends_the_other_sessions(browser: AccountBrowser, ana_with_password: User) -> None:
    other = AccountBrowser()
    for one in (browser, other):
        assert one.sign_in("ana").status_code == 200
    assert browser.set_password("another long password").status_code == 400, "the old one is asked for"
    assert browser.set_password("another long password", current_password=GOOD_PASSWORD).status_code == 200
    assert browser.user() == "ana"
    assert other.user() is None


def test_an_authenticator_app_is_asked_for_after_password_and_link(
    browser: AccountBrowser, ana: User
) -> None:
    browser.sign_in_by_link(ana)
    browser.set_password()
    browser.ask("POST", "auth/reauthenticate", {"password": GOOD_PASSWORD})
    secret = browser.add_app()
    for way in ("password", "link"):
        other = AccountBrowser()
        answer = other.sign_in("ana") if way == "password" else other.sign_in_by_link(ana)
        assert answer.status_code == 401
        assert other.user() is None
        assert other.get("/api/v1/projects/").status_code == 401
        assert other.ask("POST", "auth/2fa/authenticate", {"code": "000000"}).status_code == 400
        # A code is taken once: the second time round it is another one.
        code = code_of(secret, steps_later=1 if way == "password" else -1)
        assert other.ask("POST", "auth/2fa/authenticate", {"code": code}).status_code == 200
        assert other.user() == "ana"


def test_a_link_needs_its_second_factor_also_in_another_ones_session(
    browser: AccountBrowser, ana: User, ben: User
) -> None:
    browser.sign_in_by_link(ana)
    browser.add_app()
    shared = AccountBrowser()
    assert shared.sign_in_by_link(ben).status_code == 200
    answer = shared.sign_in_by_link(ana)
    assert (answer.status_code, answer.json()["code"]) == (401, "second-factor-needed")
    assert shared.user() is None


def test_keys_of_apps_and_recovery_codes_are_not_stored_in_the_clear(
    browser: AccountBrowser, ana: User
) -> None:
    browser.sign_in_by_link(ana)
    secret = browser.add_app()
    codes = browser.ask("GET", "account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert len(codes) == 10
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)
    other = AccountBrowser()
    other.sign_in_by_link(ana)
    assert other.ask("POST", "auth/2fa/authenticate", {"code": codes[0]}).status_code == 200
    again = AccountBrowser()
    again.sign_in_by_link(ana)
    assert again.ask("POST", "auth/2fa/authenticate", {"code": codes[0]}).status_code == 400, "used up"


def test_a_stolen_session_cannot_take_the_account_over(browser: AccountBrowser, ana: User) -> None:
    """Who has a second factor shows it again before a password is set or the factor removed."""
    browser.sign_in_by_link(ana)
    secret = browser.add_app()
    stolen = AccountBrowser()
    stolen.sign_in_by_link(ana)
    stolen.ask("POST", "auth/2fa/authenticate", {"code": code_of(secret, steps_later=1)})
    assert stolen.user() == "ana"
    assert stolen.set_password().status_code == 401
    assert stolen.ask("DELETE", "account/authenticators/totp").status_code == 401
    assert stolen.ask("GET", "account/authenticators/recovery-codes").status_code == 401
    assert Authenticator.objects.filter(type="totp").count() == 1
    ana.refresh_from_db()
    assert not ana.has_usable_password()


def test_sessions_are_listed_and_ended(browser: AccountBrowser, ana: User, ben: User) -> None:
    other, bens = AccountBrowser(), AccountBrowser()
    for one, user in ((browser, ana), (other, ana), (bens, ben)):
        one.sign_in_by_link(user)
    rows = browser.ask("GET", "auth/sessions").json()["data"]
    assert [row["is_current"] for row in rows].count(True) == 1
    assert len(rows) == 2
    bens_row = bens.ask("GET", "auth/sessions").json()["data"][0]["id"]
    assert browser.ask("DELETE", "auth/sessions", {"sessions": [bens_row]}).status_code == 400
    others = [row["id"] for row in rows if not row["is_current"]]
    assert browser.ask("DELETE", "auth/sessions", {"sessions": others}).status_code == 200
    assert (browser.user(), other.user(), bens.user()) == ("ana", None, "ben")
    assert Event.objects.filter(verb="user.session_ended", object_id=str(ana.pk)).count() == 1


def test_deactivating_ends_every_session_and_pausing_none(
    browser: AccountBrowser, ana: User, ada: User, project: Project
) -> None:
    """Else an admin of any project could sign out anybody, the site's owner included, by inviting and pausing them."""
    other = AccountBrowser()
    for one in (browser, other):
        one.sign_in_by_link(ana)
    member = Membership.objects.select_related("project").get(user=ana)
    pause_member(membership=member, paused_by=ada)
    assert (browser.user(), other.user()) == ("ana", "ana")
    deactivate_person(user=ana, deactivated_by=ada)
    assert (browser.user(), other.user()) == (None, None)
    assert browser.sign_in_by_link(ana).status_code == 403


def test_a_lost_second_factor_is_reset(browser: AccountBrowser, ana: User) -> None:
    browser.sign_in_by_link(ana)
    browser.add_app()
    assert reset_second_factor(user=ana, reset_by=None) == 2, "the app and the recovery codes"
    assert AccountBrowser().sign_in_by_link(ana).status_code == 200
    assert Event.objects.get(verb="user.second_factor_reset").before == {"types": ["recovery_codes", "totp"]}


def test_writing_needs_the_csrf_token(ana_with_password: User) -> None:
    browser = AccountBrowser()
    answer = browser.post(
        "/_allauth/browser/v1/auth/login", {"username": "ana", "password": GOOD_PASSWORD}, format="json"
    )
    assert answer.status_code == 403
    assert browser.user() is None


def test_sign_up_is_closed(browser: AccountBrowser) -> None:
    assert browser.ask("GET", "config").json()["data"]["account"]["is_open_for_signup"] is False
    body = {"username": "eve", "password": GOOD_PASSWORD}
    assert browser.ask("POST", "auth/signup", body).status_code == 404
    assert not User.objects.filter(username="eve").exists()


def test_a_deactivated_person_cannot_sign_in(browser: AccountBrowser, ana_with_password: User) -> None:
    User.objects.filter(pk=ana_with_password.pk).update(is_active=False)
    assert browser.sign_in("ana").status_code != 200
    assert browser.user() is None


def test_a_password_sign_in_changes_the_sessions_key(
    browser: AccountBrowser, ana_with_password: User
) -> None:
    browser.get(SESSION)
    browser.sign_in("ana")
    first = browser.cookies["sessionid"].value
    browser.ours("DELETE", "session/")
    assert not Session.objects.filter(session_key=first).exists()
    browser.sign_in("ana")
    assert browser.cookies["sessionid"].value != first


@pytest.mark.parametrize(
    "body",
    [
        b'{"username": "a\\u0000na", "password": "x"}',
        b'{"username": "\\ud800", "password": "x"}',
        b'{"username": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"username": {"a": 1}, "password": ["x"]}',
        b'{"username": NaN, "password": 1e999}',
        b'{"username": 1' + b"0" * 6_000 + b"}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{",
        b'"' + b"x" * 3_000_000 + b'"',
    ],
    ids=["nul", "surrogate", "deep", "objects", "nan", "huge", "list", "null", "bytes", "cut", "large"],
)
@pytest.mark.parametrize("address", ["auth/login", "account/password/change", "account/authenticators/totp"])
def test_no_body_makes_a_server_error(browser: AccountBrowser, ana: User, address: str, body: bytes) -> None:
    if address != "auth/login":
        browser.sign_in_by_link(ana)
    browser.get(SESSION)
    headers: Any = {"x-csrftoken": browser.cookies["csrftoken"].value}
    answer = browser.post(
        f"/_allauth/browser/v1/{address}", body, content_type="application/json", headers=headers
    )
    assert 400 <= answer.status_code < 500


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_than_the_limit_are_tried(
    person: Callable[..., User],
) -> None:
    """Five wrong passwords are looked at, however many come together; then even the right one is not."""
    user = person("ana")
    user.set_password(GOOD_PASSWORD)
    user.save(update_fields=["password"])

    def guess(number: int) -> str:
        answer = AccountBrowser().sign_in("ana", f"wrong {number}")
        return "429" if answer.status_code == 429 else str(answer.json()["errors"][0]["code"])

    codes = [str(code) for code in at_once([partial(guess, number) for number in range(16)])]
    # On a slow machine some of the sixteen were refused for waiting, before their password was looked at.
    codes += [guess(number) for number in range(6)]
    assert set(codes) - {"429"} == {"too_many_login_attempts", "username_password_mismatch"}
    assert codes.count("username_password_mismatch") == 5
    refused = AccountBrowser().sign_in("ana")
    assert [error["code"] for error in refused.json()["errors"]] == ["too_many_login_attempts"]


def test_the_code_that_set_an_app_up_signs_nobody_in(browser: AccountBrowser, ana: User) -> None:
    browser.sign_in_by_link(ana)
    secret = str(browser.ask("GET", "account/authenticators/totp").json()["meta"]["secret"])
    code = code_of(secret, steps_later=1)  # Still good at the end of this half minute.
    assert browser.ask("POST", "account/authenticators/totp", {"code": code}).status_code == 200
    thief = AccountBrowser()
    thief.sign_in_by_link(ana)
    assert thief.ask("POST", "auth/2fa/authenticate", {"code": code}).status_code == 400
    assert thief.user() is None


def test_a_code_stays_used_for_as_long_as_it_would_be_taken(browser: AccountBrowser, ana: User) -> None:
    browser.sign_in_by_link(ana)
    secret = browser.add_app()
    code = code_of(secret, steps_later=1)
    other = AccountBrowser()
    other.sign_in_by_link(ana)
    before = timezone.now()
    assert other.ask("POST", "auth/2fa/authenticate", {"code": code}).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM counters WHERE cache_key LIKE %s", [f"%totp.used%code={code}"])
        [(expires,)] = cursor.fetchall()
    assert expires >= before + timedelta(seconds=89), "three half minutes"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery code", "link"])
def test_a_code_or_link_in_two_requests_at_once_signs_one_of_them_in(
    browser: AccountBrowser, ana: User, kind: str
) -> None:
    link = make_sign_in_link(user=ana)
    browser.sign_in_by_link(ana)
    browsers = [AccountBrowser() for _ in range(4)]
    if kind == "link":
        tries = [partial(one.ours, "POST", "session/", {"link": link}) for one in browsers]
    else:
        secret = browser.add_app()
        codes = browser.ask("GET", "account/authenticators/recovery-codes").json()["data"]["unused_codes"]
        code = code_of(secret, steps_later=1) if kind == "app" else codes[0]
        for one in browsers:
            one.sign_in_by_link(ana)
        tries = [partial(one.ask, "POST", "auth/2fa/authenticate", {"code": code}) for one in browsers]
    answers = at_once(tries)
    assert [getattr(answer, "status_code", answer) for answer in answers].count(200) == 1
    assert [one.user() for one in browsers].count("ana") == 1
