"""A setting that cannot be meant ends every command with one line that names it and what it may be."""

from pathlib import Path

import pytest
from django.conf import settings

from captioner.config import PRESETS
from tests.warm import manage_py

ROOT = Path(__file__).resolve().parents[2]


def check(**environment: str) -> tuple[int, str]:
    """`manage.py check`: its exit code and what it complains of."""
    done = manage_py("check", **environment)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("CAPTIONER_PRESET", "smal", "use altogether, small or tiny. Did you mean small?"),
        ("LOG_LEVEL", "info", "use DEBUG, INFO, WARNING, ERROR or CRITICAL. Did you mean INFO?"),
        ("LOG_LEVEL", "all", "use DEBUG, INFO, WARNING, ERROR or CRITICAL.\n"),
        ("HTTPS", "maybe", "use 1 or 0."),
        ("OIDC_SIGN_UP", "y", "use 1 or 0."),
        ("IMPORT_ZIP_ENCODING", "cp4370", "no such encoding."),
        ("NEAR_DUPLICATE_LIKENESS", "1.5", "use a number above 0, up to 1."),
        ("JOB_MAX_ATTEMPTS", "three", "use a whole number, 1 or more."),
        ("JOB_STALE_SECONDS", "-1", "use a whole number, 1 or more."),
        ("CAPTION_RAY_ACTORS", "-1", "use a whole number, 0 or more."),
        ("WEBHOOK_ALLOWED_NETWORKS", "10.1.0.1/16", "has host bits set. Write networks such as 10.1.0.0/16"),
        ("IMPORT_ALLOWED_NETWORKS", "intranet", "does not appear to be an IPv4 or IPv6 network."),
        ("REDIS_URL", "http://:secret@127.0.0.1/0", "Start it with redis:// or rediss:// or unix://."),
        ("OIDC_SERVER_URL", "login.example.org", "Start it with http:// or https://."),
        ("SECRET_KEY_FILE", "/nowhere/key", "the file cannot be read"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(name: str, value: str, reason: str) -> None:
    code, complaint = check(**{name: value})
    assert code == 1
    assert complaint.startswith(name)
    assert reason in complaint
    assert len(complaint.strip().splitlines()) == 1
    assert "secret" not in complaint


@pytest.mark.parametrize("name", ["CAPTIONER_PRESET", "LOG_LEVEL", "JOB_MAX_ATTEMPTS", "ALTOGETHER_VAR"])
def test_an_empty_value_is_none(name: str) -> None:
    """Compose files and .env files set what they leave open to nothing."""
    assert check(**{name: ""})[0] == 0


def test_the_presets_are_those_of_the_captioner() -> None:
    assert sorted(settings.CAPTIONER_PRESETS) == sorted(PRESETS)
