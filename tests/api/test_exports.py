"""The newest export of a project, its files one by one or all as one, and what changed since the one before."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models.functions import Now
from rest_framework.test import APIClient

from annotation_server.files.checksums import file_entries
from annotation_server.models import Export, ExportImage, Image, User
from annotation_server.releases.release import write_manifest
from annotation_server.steps.exports.verify_export import verify_export
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


@pytest.fixture
def pictured(world: World) -> Export:
    """An export of three rows with two pictures, on the server."""
    export = world.export
    export.refresh_from_db()
    folder = Path(export.folder)
    for name in ("captions.jsonl", f"images/aa/{'a' * 64}.webp", f"images/bb/{'b' * 64}.webp"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    manifest = {"row_count": 3, "files": file_entries(folder)}
    export.manifest, export.manifest_sha256 = manifest, write_manifest(folder, manifest)
    export.save()
    return export


def test_pictures_are_counted_in_place_of_being_listed(
    pictured: Export, world: World, client_of: Callable[[User | None], APIClient]
) -> None:
    client = client_of(world.callers["admin"])
    files = client.get(f"/api/v1/exports/{pictured.pk}/").json()["files"]
    assert [(one["name"], one["listed_files"], one["listed_bytes"]) for one in files] == [
        ("captions.jsonl", None, None),
        ("pictures.sha256", 2, 2 * len(f"images/aa/{'a' * 64}.webp")),
    ]
    # One that was made when the manifest named them all.
    named = [{"name": f"images/aa/{'a' * 64}.webp", "bytes": 3, "sha256": "0" * 64}, *files]
    Export.objects.filter(pk=pictured.pk).update(manifest={"files": named})
    again = client.get(f"/api/v1/exports/{pictured.pk}/").json()["files"]
    assert [one["name"] for one in again] == ["captions.jsonl", "pictures.sha256"]


def test_everything_is_one_file_to_download(
    pictured: Export, world: World, client_of: Callable[[User | None], APIClient], tmp_path: Path
) -> None:
    client = client_of(world.callers["admin"])
    answer = client.get(f"/api/v1/exports/{pictured.pk}/tar/")
    content = answer.getvalue()
    top = f"iguanas-jsonl-{pictured.pk}"
    assert (answer["Content-Length"], answer["Content-Type"]) == (str(len(content)), "application/x-tar")
    assert answer["Content-Disposition"] == f'attachment; filename="{top}.tar"'
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        opened.extractall(tmp_path / "out", filter="data")
    assert verify_export(folder=tmp_path / "out" / top).is_whole
    assert client.get(f"/api/v1/exports/{pictured.pk}/tar/").getvalue() == content
    shutil.rmtree(pictured.folder)
    assert client.get(f"/api/v1/exports/{pictured.pk}/tar/").status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (f"images/aa/{'a' * 64}.webp", 200),
        (f"images/aa/{'b' * 64}.webp", 404),
        ("images/aa/../../captions.jsonl", 404),
        ("../secret", 404),
    ],
)
def test_a_single_picture_is_asked_for_by_its_name(
    pictured: Export, world: World, client_of: Callable[[User | None], APIClient], name: str, status: int
) -> None:
    client = client_of(world.callers["admin"])
    answer = client.get(f"/api/v1/exports/{pictured.pk}/files/{name}")
    assert answer.status_code == status
    answer.close()  # A file that was opened for it.


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
