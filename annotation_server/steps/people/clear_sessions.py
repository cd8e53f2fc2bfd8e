"""Sessions that are over are forgotten, some at a time; anybody can start one without signing in."""

from django.contrib.sessions.models import Session
from django.db.models.functions import Now

AT_ONCE = 20_000


def clear_sessions() -> int:
    """How many were: the oldest first, AT_ONCE at most."""
    over = Session.objects.filter(expire_date__lt=Now()).order_by("expire_date").values("pk")[:AT_ONCE]
    return Session.objects.filter(pk__in=over).delete()[0]
