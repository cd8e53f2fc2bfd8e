"""Signing in: by one-time link or token; a session ends with sign-out and deactivation; CSRF is enforced."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from annotation_server.models import ApiToken, User
from annotation_server.steps.people.make_api_token import make_api_token
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link

SESSION = "/api/v1/session/"


@pytest.fixture
def browser(db: None) -> APIClient:
    """A client that has to do as browsers must: cookies and CSRF."""
    return APIClient(enforce_csrf_checks=True)


def csrf(browser: APIClient) -> dict[str, str]:
    """The header that goes with the cookie."""
    browser.get(SESSION)
    return {"x-csrftoken": browser.cookies["csrftoken"].value}


def sign_in(browser: APIClient, user: User) -> None:
    answer = browser.post(
        SESSION, {"link": make_sign_in_link(user=user)}, format="json", headers=csrf(browser)
    )
    assert answer.status_code == 200, answer.content


def test_nobody_is_signed_in_at_first(browser: APIClient) -> None:
    assert browser.get(SESSION).json() == {"user": None, "memberships": []}


def test_a_link_signs_in_and_says_who(browser: APIClient, ana: User) -> None:
    sign_in(browser, ana)
    assert browser.get(SESSION).json() == {
        "user": {"id": ana.pk, "username": "ana", "name": "", "is_owner": False, "has_password": False},
        "memberships": [{"project": "iguanas", "role": "annotator"}],
    }


def test_a_used_link_is_refused(browser: APIClient, ana: User) -> None:
    secret = make_sign_in_link(user=ana)
    for status in (200, 403):
        answer = browser.post(SESSION, {"link": secret}, format="json", headers=csrf(browser))
        assert answer.status_code == status
    assert answer.json()["code"] == "link-used-up"


def test_the_sessions_key_changes_at_sign_in(browser: APIClient, ana: User, ben: User) -> None:
    sign_in(browser, ana)
    first = browser.cookies["sessionid"].value
    sign_in(browser, ben)
    assert browser.cookies["sessionid"].value != first
    stolen = APIClient()
    stolen.cookies["sessionid"] = first
    assert stolen.get(SESSION).json()["user"] is None


def test_a_session_dies_at_sign_out(browser: APIClient, ana: User) -> None:
    sign_in(browser, ana)
    key = browser.cookies["sessionid"].value
    assert browser.delete(SESSION, headers=csrf(browser)).status_code == 204
    stolen = APIClient()
    stolen.cookies["sessionid"] = key
    assert stolen.get(SESSION).json()["user"] is None


def test_a_session_dies_at_deactivation(browser: APIClient, ana: User) -> None:
    sign_in(browser, ana)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert browser.get("/api/v1/projects/").status_code == 401
    assert browser.get(SESSION).json()["user"] is None


def test_writes_need_the_csrf_token(browser: APIClient, ana: User) -> None:
    for headers in ({}, {"x-csrftoken": "x" * 32}):
        answer = browser.post(SESSION, {"link": make_sign_in_link(user=ana)}, format="json", headers=headers)
        assert answer.status_code == 403
    sign_in(browser, ana)
    answer = browser.delete(SESSION)
    assert (answer.status_code, answer.json()["status"]) == (403, 403)
    assert browser.get(SESSION).json()["user"]["username"] == "ana"


def test_a_token_is_enough_for_programs(ana: User) -> None:
    secret = make_api_token(user=ana, name="script")
    client = APIClient(enforce_csrf_checks=True, headers={"authorization": f"Token {secret}"})
    assert client.get(SESSION).json()["user"]["username"] == "ana"
    assert [row["slug"] for row in client.get("/api/v1/projects/").json()["results"]] == ["iguanas"]


@pytest.mark.parametrize("spoil", ["revoke", "deactivate"])
def test_a_dead_token_is_refused(ana: User, spoil: str) -> None:
    secret = make_api_token(user=ana, name="script")
    if spoil == "revoke":
        ApiToken.objects.update(revoked_at=timezone.now())
    else:
        User.objects.filter(pk=ana.pk).update(is_active=False)
    answer = APIClient(headers={"authorization": f"Token {secret}"}).get("/api/v1/projects/")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication-failed")


@pytest.mark.parametrize(
    "header", ["Token", "Token ", "Token nothing", "Token \u00e9", "Token " + "x" * 9_000]
)
def test_what_is_no_token_is_refused(db: None, header: str) -> None:
    answer = APIClient(headers={"authorization": header.encode().decode("latin-1")}).get("/api/v1/projects/")
    assert answer.status_code == 401


def test_other_schemes_are_nobody(db: None, client_of: Callable[..., APIClient]) -> None:
    answer = APIClient(headers={"authorization": "Basic YTpi"}).get("/api/v1/projects/")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Token")
