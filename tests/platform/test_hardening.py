"""What a deployed server must have: Django's own checks are clean, and every answer has the headers that protect a browser."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from annotation_server.models import Image, User

ROOT = Path(__file__).parents[2]


def test_the_deployment_checks_find_nothing() -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {**os.environ, "HTTPS": "1", "SECRET_KEY": secrets.token_urlsafe(50)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.fixture
def addresses(make_images: Callable[..., list[Image]], ana: User) -> list[str]:
    """Pages, answers and refusals of every kind."""
    [image] = make_images(1)
    return [
        *("/", "/projects/iguanas", "/healthz/", "/api/v1/session/", "/api/v1/projects/", "/api/v1/no-such/"),
        *("/api/v1/rounds/999/", "/_allauth/browser/v1/config", "/_allauth/browser/v1/auth/session"),
        f"/api/v1/images/{image.pk}/pixels/screen/",
        "/static/no-such-file.js",
        "/%00",
    ]


def test_every_answer_has_the_headers(addresses: list[str], settings: Any, ana: User) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    someone, nobody = Client(raise_request_exception=False), Client(raise_request_exception=False)
    someone.force_login(ana)
    for client in (someone, nobody):
        for address in addresses:
            headers = client.get(address, secure=True).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy, address
            assert "frame-ancestors 'none'" in policy, address
            assert "unsafe" not in policy, address
            assert {
                name: headers.get(name)
                for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
            } == {
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                "Referrer-Policy": "same-origin",
            }, address
            assert headers["Strict-Transport-Security"].startswith("max-age=31536000"), address
