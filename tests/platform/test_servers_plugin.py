"""What every other test stands on: a database and a queue of this run's own."""

import os
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_embedded_one_and_its_owner_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, inet_server_port() FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, urlsplit(os.environ["DATABASE_URL"]).port)


def test_redis_answers_and_is_not_shared_between_workers() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.set("who", worker)
    assert client.get("who") == worker.encode()
    number = 0 if worker == "alone" else int(worker.removeprefix("gw")) + 1
    assert client.connection_pool.connection_kwargs["db"] == number
    client.close()
