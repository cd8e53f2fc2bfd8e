"""Signing in at an OpenID Connect provider: a small one on loopback, with a real authorization code flow (PKCE, RS256)."""

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from annotation_server.models import Event, Membership, User
from tests.api.account import AccountBrowser, code_of

CLIENT = {"client_id": "altogether", "secret": "hush"}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """Signs `person` in without asking; checks the code, the client's secret and the PKCE verifier."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.person = {"sub": "0815", "preferred_username": "ana", "name": "Ana A."}
        self.challenges: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def authorize(self, address: str) -> str:
        """What a browser does there: sent to the provider, sent back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = self.server.url
        if self.path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            self._send(
                {"issuer": url, "jwks_uri": f"{url}/keys"}
                | {f"{name}_endpoint": f"{url}/{path}" for name, path in ends.items()}
            )
        elif self.path.startswith("/authorize?"):
            self.send_response(302)
            self.send_header("Location", self.server.authorize(self.path))
            self.end_headers()
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self._send(self.server.person)
        elif self.path == "/keys":
            self._send({"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        known = self.server.challenges.pop(given["code"], None)
        if known != challenge or given.get("client_secret") != CLIENT["secret"]:
            self._send({"error": "invalid_grant"}, status=400)
            return
        now = int(time.time())
        claims = {"iss": self.server.url, "aud": CLIENT["client_id"], "iat": now, "exp": now + 60}
        token = jwt.encode({**claims, **self.server.person}, KEY, algorithm="RS256")
        self._send({"access_token": "access", "token_type": "Bearer", "id_token": token})

    def _send(self, body: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running_provider() -> Iterator[Provider]:
    """It answers on a thread of its own."""
    server = Provider()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(settings: Any, db: None) -> Iterator[Provider]:
    with running_provider() as server:
        app = {
            "provider_id": "oidc",
            "name": "Our provider",
            "settings": {"server_url": server.url},
            **CLIENT,
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield server


@pytest.fixture
def browser() -> AccountBrowser:
    return AccountBrowser()


def go(browser: AccountBrowser, provider: Provider, process: str, onward: str = "/sign-in?next=%2F") -> str:
    """There and back again; where the browser ends up."""
    asked = browser.ours("POST", "session/provider/", {"process": process, "next": onward})
    assert asked.status_code == 200, asked.content
    back = browser.get(provider.authorize(asked.json()["address"]))
    assert back.status_code == 302, back.content
    return str(back["Location"])


def link(browser: AccountBrowser, provider: Provider, user: User) -> None:
    browser.sign_in_by_link(user)
    assert go(browser, provider, "connect", "/account") == "/account"


def test_a_linked_account_signs_in(browser: AccountBrowser, provider: Provider, ana: User) -> None:
    link(browser, provider, ana)
    other = AccountBrowser()
    assert go(other, provider, "login") == "/sign-in?next=%2F"
    assert other.user() == "ana"
    assert Event.objects.filter(verb="user.provider_linked", object_id=str(ana.pk)).count() == 1
    assert Event.objects.filter(verb="user.signed_in").latest("id").after == {"by": ["socialaccount"]}


def test_an_account_of_the_same_name_is_not_taken_for_the_same_person(
    browser: AccountBrowser, provider: Provider, ana: User
) -> None:
    """The provider's people choose their own names there."""
    assert go(browser, provider, "login").endswith("error=signup_closed&error_process=login")
    assert browser.user() is None
    assert not SocialAccount.objects.exists()


def test_where_the_site_says_so_the_providers_people_get_accounts_without_any_role(
    browser: AccountBrowser, provider: Provider, settings: Any, ana: User
) -> None:
    settings.OIDC_SIGN_UP = True
    provider.person = {"sub": "4711", "preferred_username": "nina", "email": "nina@example.org"}
    go(browser, provider, "login")
    assert browser.user() == "nina"
    nina = User.objects.get(username="nina")
    assert (nina.is_superuser, nina.email, nina.has_usable_password()) == (False, "", False)
    assert not Membership.objects.filter(user=nina).exists()


@pytest.mark.parametrize("name", ["ana", "<script>", "a\u202eb c", "x" * 500, ""])
def test_a_name_that_is_taken_or_none_is_not_taken_over(
    browser: AccountBrowser, provider: Provider, settings: Any, ana: User, name: str
) -> None:
    settings.OIDC_SIGN_UP = True
    provider.person = {"sub": "4711", "preferred_username": name, "name": name}
    go(browser, provider, "login")
    newcomer = SocialAccount.objects.get().user
    assert newcomer.pk != ana.pk
    newcomer.clean_fields(exclude=["password"])


def test_a_second_factor_is_asked_for_also_here(
    browser: AccountBrowser, provider: Provider, ana: User
) -> None:
    link(browser, provider, ana)
    secret = browser.add_app()
    other = AccountBrowser()
    go(other, provider, "login")
    assert other.user() is None
    assert (
        other.ask("POST", "auth/2fa/authenticate", {"code": code_of(secret, steps_later=1)}).status_code
        == 200
    )
    assert other.user() == "ana"


@pytest.mark.parametrize("spoil", ["state", "code", "session"])
def test_a_forged_return_signs_nobody_in(
    browser: AccountBrowser, provider: Provider, ana: User, spoil: str
) -> None:
    link(browser, provider, ana)
    other = AccountBrowser()
    asked = other.ours("POST", "session/provider/", {"process": "login", "next": "/"})
    back = provider.authorize(asked.json()["address"])
    if spoil == "state":
        back = back.split("state=")[0] + "state=forged"
    elif spoil == "code":
        back = back.replace("code-", "forged-")
    else:
        other = AccountBrowser()
    assert other.get(back).status_code in {302, 401}
    assert other.user() is None


@pytest.mark.parametrize(
    "onward", ["//example.org", "https://example.org/", "/\\example.org", "javascript:1", ""]
)
def test_nobody_is_led_off_the_site(browser: AccountBrowser, provider: Provider, onward: str) -> None:
    answer = browser.ours("POST", "session/provider/", {"process": "login", "next": onward})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_linking_needs_a_signed_in_person(browser: AccountBrowser, provider: Provider) -> None:
    answer = browser.ours("POST", "session/provider/", {"process": "connect", "next": "/"})
    assert answer.status_code in {401, 403}


def test_anothers_account_at_the_provider_cannot_be_linked_twice(
    browser: AccountBrowser, provider: Provider, ana: User, ben: User
) -> None:
    link(browser, provider, ana)
    other = AccountBrowser()
    other.sign_in_by_link(ben)
    assert "error=connected_other" in go(other, provider, "connect", "/account")
    assert SocialAccount.objects.get().user == ana
