"""The newest export of a project, and what changed since the one before, for programs that follow it."""

import json
from collections.abc import Callable

import pytest
from django.db.models.functions import Now
from rest_framework.test import APIClient

from annotation_server.models import Export, ExportImage, Image, User
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


def test_what_changed_since_the_one_before(
    world: World, client_of: Callable[[User | None], APIClient]
) -> None:
    previous = world.export.previous
    assert previous is not None
    held = Image.objects.filter(project=world.project).order_by("sha256")[:3]
    rows = [(None, b"a" * 78), (b"a" * 78, b"a" * 78), (b"a" * 78, b"b" * 6 + b"a" * 72)]
    for image, (before, after) in zip(held, rows, strict=True):
        for export, digests in ((previous, before), (world.export, after)):
            if digests:
                ExportImage.objects.create(export=export, image=image, digests=digests)
    answer = client_of(world.callers["admin"]).get(f"/api/v1/exports/{world.export.pk}/changes/")
    assert [json.loads(line) for line in answer.getvalue().splitlines()] == [
        {"sha256": held[0].sha256, "kind": "added", "fields": []},
        {"sha256": held[2].sha256, "kind": "changed", "fields": ["split"]},
    ]
