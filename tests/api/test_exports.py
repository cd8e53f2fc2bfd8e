"""The newest export of a project, for programs that follow it."""

from collections.abc import Callable

import pytest
from django.db.models.functions import Now
from rest_framework.test import APIClient

from annotation_server.models import Export, User
from tests.api.conftest import World

pytestmark = pytest.mark.django_db


def test_the_newest_finished_export(world: World, client_of: Callable[[User | None], APIClient]) -> None:
    def made(format: str, *, finished: bool) -> Export:
        return Export.objects.create(
            project=world.project, round=world.round, format=format, finished_at=Now() if finished else None
        )

    client = client_of(world.callers["admin"])
    address = "/api/v1/exports/latest/"
    assert client.get(address, {"project": "iguanas"}).status_code == 404
    lines, table = made("jsonl", finished=True), made("csv", finished=True)
    made("jsonl", finished=False)
    assert client.get(address, {"project": "iguanas"}).json()["id"] in {lines.pk, table.pk}
    assert client.get(address, {"project": "iguanas", "file_format": "jsonl"}).json()["id"] == lines.pk
    assert client.get(address, {"project": "lizards"}).status_code == 404
    assert client.get(address).status_code == 404
