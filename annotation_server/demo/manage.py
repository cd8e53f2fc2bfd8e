"""Management commands, run in this process: Django is loaded once instead of three times."""

import os
from typing import Any

import django
from django.core.management import CommandError, call_command
from django.db import connections

from annotation_server.embedded.errors import CannotStart


def set_up_django() -> None:
    """To be called when DATABASE_URL and REDIS_URL are in the environment: the settings read them once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_server.settings")
    django.setup()


def manage(command: str, **options: Any) -> None:
    """Run one command and show what it prints. Raises CannotStart with its reason."""
    try:
        call_command(command, **options)
    except CommandError as reason:
        raise CannotStart(f"`manage.py {command}` failed: {reason}") from reason
    finally:
        connections.close_all()  # a session that idles here would keep Postgres from ending
