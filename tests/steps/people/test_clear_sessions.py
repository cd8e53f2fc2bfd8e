"""Sessions of nobody end soon, and those that are over are removed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from annotation_server.models import User
from annotation_server.steps.people import clear_sessions as step
from annotation_server.tasks import cpu

pytestmark = pytest.mark.django_db(transaction=True)
WEBAUTHN = "/_allauth/browser/v1/auth/webauthn/login"


def test_a_session_of_nobody_lasts_an_hour_and_a_persons_longer(ana: User) -> None:
    """Each request of somebody unknown leaves a row."""
    assert Client().get(WEBAUTHN).status_code == 200
    assert Session.objects.get().expire_date < timezone.now() + timedelta(seconds=3_700)
    Session.objects.all().delete()
    client = Client()
    client.force_login(ana)
    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=13)


def test_what_is_over_is_removed_some_at_a_time(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        Client().get(WEBAUTHN)
    Session.objects.update(expire_date=Now() - timedelta(minutes=1))
    client = Client()
    client.force_login(ana)
    monkeypatch.setattr(step, "AT_ONCE", 2)
    assert [cpu.clear_sessions() for _ in range(3)] == [2, 1, 0]
    assert Session.objects.count() == 1
    assert settings.CELERY_BEAT_SCHEDULE["clear_sessions"]["task"] == cpu.clear_sessions.name
