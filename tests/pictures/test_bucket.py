"""Pictures in S3-compatible storage: a real S3 protocol over HTTP, spoken to by the storage that the settings choose."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer
from PIL import Image as Pictures

from annotation_server.errors import FolderNotEmpty, ServiceUnavailable, UnreadableSource
from annotation_server.files.checksums import listed_files
from annotation_server.models import Caption, Export, Image, Project, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.storage import local_rendition, original_name, rendition_name, staging_folder
from annotation_server.steps.archives.export_archive import export_archive
from annotation_server.steps.archives.import_archive import import_archive
from annotation_server.steps.exports.export_round import export_round
from annotation_server.steps.images.render_picture import render_picture
from annotation_server.steps.images.withdraw_image import withdraw_image
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.projects.create_project import create_project
from tests.drawing import drawn, encoded, write_picture

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}


def quiet(**told: Any) -> None:
    """Nobody watches."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """An empty bucket, which the default storage is in."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    made = boto3.resource("s3", endpoint_url=endpoint).create_bucket(Bucket="pictures")
    options = {
        "bucket_name": "pictures",
        "endpoint_url": endpoint,
        "location": "altogether",
        "file_overwrite": True,
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    settings.CAPTIONER_CACHE = tmp_path / "cache"
    yield made
    made.objects.all().delete()
    server.stop()


def test_exported_to_and_imported_from_a_bucket(
    bucket: Any,
    project: Project,
    tmp_path: Path,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", settings.STORAGES["default"]["OPTIONS"]["endpoint_url"])
    write_picture(tmp_path / "in/iguana.png", 1)

    def take(source: str, into: Project, **options: Any) -> dict[str, Any]:
        wanted = ImportOptions(processes=1, **options)
        report = import_images(
            project=into, source=source, imported_by=None, options=wanted, progress=lambda **told: None
        )
        return report.as_json()

    def write(round: Round, address: str) -> Export:
        return export_round(
            project=project,
            round=round,
            format="jsonl",
            folder=address,
            options=ExportOptions(images=True, accepted_only=False),
            requested_by=None,
            progress=lambda **told: None,
        )

    take(str(tmp_path / "in"), project)
    round = open_round()
    hand_in(round, ana, "A green iguana.")
    address = "s3://pictures/released/one"
    export = write(round, address)
    assert (export.folder, export.row_count) == (address, 1)
    names = {key.removeprefix("released/one/") for key in keys(bucket) if key.startswith("released/")}
    assert {"data.jsonl", "_manifest.json"} < names
    with pytest.raises(FolderNotEmpty):
        write(round, address)
    other = create_project(slug="other", name="Other", created_by=None)
    found = take(address, other)
    assert (found["imported"], found["captions"], found["refusals"]) == (1, 1, [])
    assert (
        take(f"{address}/data.jsonl", other)["refused"] == 1
    )  # The file alone, without the pictures beside it.
    with pytest.raises(UnreadableSource, match="There is nothing at"):
        take("s3://pictures/rel", other)
    with pytest.raises(ServiceUnavailable, match="The S3 storage refused"):
        take("s3://elsewhere/x", other)
    assert list(staging_folder().glob("import-s3-*")) == []


def keys(bucket: Any) -> set[str]:
    return {one.key for one in bucket.objects.all()}


def test_in_out_and_taken_down(
    bucket: Any,
    project: Project,
    tmp_path: Path,
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
) -> None:
    path = write_picture(tmp_path / "in/iguana.png", 1)

    def take() -> dict[str, Any]:
        report = import_images(
            project=project,
            source=str(path.parent),
            imported_by=None,
            options=ImportOptions(processes=1),
            progress=lambda **told: None,
        )
        return report.as_json()

    assert (take()["imported"], take()["already_there"]) == (1, 1)
    image = Image.objects.get()
    original = original_name(sha256=image.sha256, media_type="image/png")
    screen = rendition_name(sha256=image.sha256, size="screen")
    assert keys(bucket) == {f"altogether/{name}" for name in (original, screen)}
    with default_storage.open(original) as stored:
        assert stored.read() == path.read_bytes()
    with Pictures.open(local_rendition(sha256=image.sha256, size="screen")) as shown:
        assert (shown.format, shown.size) == ("WEBP", (96, 64))
    thumbnail = render_picture(image=image, size="thumbnail")
    assert f"altogether/{thumbnail}" in keys(bucket)
    round = open_round()
    hand_in(round, ana)
    export_round(
        project=project,
        round=round,
        format="jsonl",
        folder=tmp_path / "out",
        options=ExportOptions(images=True, accepted_only=False),
        requested_by=None,
        progress=lambda **told: None,
    )
    assert len(list((tmp_path / "out").rglob("*.webp"))) == 1
    withdraw_image(image=image, reason="x", withdrawn_by=None)
    assert keys(bucket) == set()


def test_the_bucket_is_made_once(bucket: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bucket.delete()
    call_command("make_bucket")
    bucket.put_object(Key="kept", Body=b"")
    call_command("make_bucket")
    assert keys(bucket) == {"kept"}
    assert capsys.readouterr().out == "Pictures are kept in the bucket pictures.\n" * 2


def test_no_bucket_is_made_where_none_is_named_or_the_storage_does_not_answer(settings: Any) -> None:
    with pytest.raises(CommandError, match="set MEDIA_S3_BUCKET"):
        call_command("make_bucket")
    nowhere = {
        "bucket_name": "pictures",
        "endpoint_url": "http://127.0.0.1:9",
        "access_key": "a",
        "secret_key": "b",
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": nowhere},
    }
    with pytest.raises(CommandError, match="The S3 storage refused"):
        call_command("make_bucket")


def test_the_environment_chooses_the_bucket() -> None:
    """In a process of its own: settings are read once."""
    program = "from annotation_server.settings import STORAGES as s; print(s['default'])"
    chosen = {
        "MEDIA_S3_BUCKET": "pictures",
        "MEDIA_S3_ENDPOINT": "http://127.0.0.1:9",
        "MEDIA_S3_PREFIX": "a",
    }
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **chosen},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "pictures",
                "endpoint_url": "http://127.0.0.1:9",
                "location": "a",
                "default_acl": None,
                "file_overwrite": True,
            },
        }
    )


def test_a_whole_project_goes_out_of_a_bucket_and_into_one(
    bucket: Any, project: Project, tmp_path: Path
) -> None:
    write_picture(tmp_path / "in/iguana.png", 1)
    import_images(
        project=project,
        source=str(tmp_path / "in"),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=quiet,
    )
    page = ContentFile(encoded(drawn(7), "WEBP"))
    default_storage.save(f"guidelines/{project.pk}/{'a' * 64}.webp", page)
    manifest = export_archive(
        project=project,
        folder=tmp_path / "archive",
        pictures=True,
        checkpoints=False,
        exported_by=None,
        progress=quiet,
    )
    image = Image.objects.get()
    screen = rendition_name(sha256=image.sha256, size="screen")
    names = {name for name, _ in listed_files(tmp_path / "archive", manifest) if name.startswith("pictures/")}
    assert names == {f"pictures/{name}" for name in (image.file_name, screen, f"guidelines/{'a' * 64}.webp")}
    bucket.objects.all().delete()
    twin = import_archive(folder=tmp_path / "archive", slug="twin", imported_by=None, progress=quiet)
    there = {one.key.removeprefix("altogether/") for one in bucket.objects.all()}
    assert there == {image.file_name, screen, f"guidelines/{twin.pk}/{'a' * 64}.webp"}
    assert {one.name for one in staging_folder().iterdir()} <= {"turns"}  # the locks of pictures being made
