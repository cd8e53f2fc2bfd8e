"""What tests of accounts do again and again: a browser with cookies and CSRF, allauth's addresses, codes of an app."""

import json
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from rest_framework.test import APIClient

from annotation_server.models import User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link

SESSION = "/api/v1/session/"
GOOD_PASSWORD = "purple iguana battery"


class AccountBrowser(APIClient):
    """A client that has to do as browsers must."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def ask(self, verb: str, address: str, body: Any = None) -> Any:
        """allauth's answer: `ask("POST", "auth/login", {…})`."""
        return self._send(verb, f"/_allauth/browser/v1/{address}", body)

    def ours(self, verb: str, address: str, body: Any = None) -> Any:
        """Our own API's answer."""
        return self._send(verb, f"/api/v1/{address}", body)

    def _send(self, verb: str, path: str, body: Any) -> Any:
        self.get(SESSION)
        headers = {"x-csrftoken": self.cookies["csrftoken"].value}
        return self.generic(
            verb, path, "" if body is None else json.dumps(body), "application/json", headers=headers
        )

    def user(self) -> Any:
        """Who is signed in, by name."""
        user = self.get(SESSION).json()["user"]
        return user and user["username"]

    def sign_in_by_link(self, user: User) -> Any:
        """By a fresh link."""
        return self.ours("POST", "session/", {"link": make_sign_in_link(user=user)})

    def sign_in(self, username: str, password: str = GOOD_PASSWORD) -> Any:
        """By password."""
        return self.ask("POST", "auth/login", {"username": username, "password": password})

    def set_password(self, password: str = GOOD_PASSWORD, **more: str) -> Any:
        """On the account's page."""
        return self.ask("POST", "account/password/change", {"new_password": password, **more})

    def add_app(self) -> str:
        """Set up an authenticator app; its key. Where there is a password, it has to be shown before."""
        secret = str(self.ask("GET", "account/authenticators/totp").json()["meta"]["secret"])
        answer = self.ask("POST", "account/authenticators/totp", {"code": code_of(secret)})
        assert answer.status_code == 200, answer.content
        return secret


def code_of(secret: str, *, steps_later: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_later)))
