"""Sessions lie in the database, as Django's own do. Those that nobody has signed in to last an hour: anybody can start one."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

UNKNOWN_PERSON_SECONDS = 3600


class SessionStore(db.SessionStore):
    """Named so for Django (SESSION_ENGINE)."""

    def get_session_cookie_age(self) -> int:
        """Seconds from the last change on."""
        return super().get_session_cookie_age() if SESSION_KEY in self else UNKNOWN_PERSON_SECONDS
