"""Whatever hands a file out hands out files of its folder: every route that serves one is asked for a file that is a link out
of its folder, and for names that lead out of it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from annotation_server.errors import NotFound
from annotation_server.files.inside import inside
from annotation_server.intake.upload_files import rows_path
from annotation_server.models import Export, Image, User
from annotation_server.pictures.storage import rendition_name
from annotation_server.places import archive_file, export_folder
from annotation_server.steps.projects.store_guidelines_picture import guidelines_picture_name
from tests.api.conftest import GUIDELINES_PICTURE, World

SECRET = b"the server's secret key"
OUTSIDE = [
    "../secret",
    "/etc/passwd",
    "//etc/passwd",
    "a/../../secret",
    "..",
    ".",
    "",
    "link",
    "x" * 5_000,
    "a\x00b",
]


def routes_of_files() -> set[str]:
    """Every GET whose answer is no JSON, as the document of the API has it."""
    found = set()
    generator: Any = SchemaGenerator
    for path, verbs in generator().get_schema(request=None, public=True)["paths"].items():
        answers = verbs.get("get", {}).get("responses", {})
        kinds = answers.get("200", {}).get("content", {})
        if kinds and not any("json" in kind or "yaml" in kind for kind in kinds):
            found.add(path.removeprefix("/api/v1"))
    return found


def served(world: World, size: str) -> Path:
    return Path(default_storage.path(rendition_name(sha256=world.image.sha256, size=size)))


def exported(world: World) -> Path:
    return export_folder(export_id=world.export.pk) / "captions.jsonl"


# Address and file of each; a new route without its line fails.
FILES: dict[str, tuple[Callable[[World], str], Callable[[World], Path]]] = {
    "/images/{id}/pixels/{size}/": (
        lambda world: reverse("image-pixels", args=[world.image.pk, "thumbnail"]),
        lambda world: served(world, "thumbnail"),
    ),
    "/projects/{slug}/guidelines/pictures/{sha256}/": (
        lambda world: reverse("guidelines-picture", args=[world.project.slug, GUIDELINES_PICTURE]),
        lambda world: Path(
            default_storage.path(guidelines_picture_name(project=world.project, sha256=GUIDELINES_PICTURE))
        ),
    ),
    "/exports/{id}/files/{name}": (
        lambda world: reverse("export-file", args=[world.export.pk, "captions.jsonl"]),
        exported,
    ),
    "/exports/{id}/tar/": (lambda world: f"/api/v1/exports/{world.export.pk}/tar/", exported),
    "/imports/{id}/rows/": (
        lambda world: f"/api/v1/imports/{world.import_.pk}/rows/",
        lambda world: rows_path(import_id=world.import_.pk),
    ),
    "/archives/{id}/file/": (
        lambda world: f"/api/v1/archives/{world.archive.pk}/file/",
        lambda world: archive_file(archive_id=world.archive.pk, slug=world.project.slug),
    ),
}


@pytest.fixture
def owner(world: World, client_of: Callable[[User | None], APIClient]) -> APIClient:
    client = client_of(world.callers["owner"])
    client.raise_request_exception = False
    return client


def body(answer: Any) -> bytes:
    try:
        return b"".join(answer) if answer.streaming else answer.content
    except NotFound:  # A tar ends where it finds that out.
        return b""


def test_every_route_of_files_is_known() -> None:
    of_rows = {"/exports/{id}/changes/"}  # Lines that are made up from rows.
    assert {name.replace("{pk}", "{id}") for name in routes_of_files()} - of_rows == set(FILES)


def test_no_route_follows_a_link_out_of_its_folder(world: World, owner: APIClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET)
    for name, (address, file) in FILES.items():
        path = file(world)
        answer = owner.get(address(world))
        assert (answer.status_code, bool(body(answer))) == (200, True), name
        kept = path.read_bytes()
        path.unlink()
        path.symlink_to(secret)
        try:
            answer = owner.get(address(world))
            assert (answer.status_code, SECRET in body(answer)) == (404, False), (
                name,
                answer.getvalue()[:300],
            )
        finally:
            path.unlink()
            path.write_bytes(kept)


def test_a_name_that_a_row_says_is_no_way_out(world: World, owner: APIClient) -> None:
    """Rows are believed as little as addresses."""
    for name in ("/etc/passwd", "../../../../../../etc/passwd", "..", "manifest.json\x00"):
        stored = {"files": [{"name": name.replace("\x00", "%00"), "bytes": 3, "sha256": "0" * 64}]}
        Export.objects.filter(pk=world.export.pk).update(manifest=stored)
        answer = owner.get(f"/api/v1/exports/{world.export.pk}/files/{name}")
        assert answer.status_code in {400, 404}, name
    for folder in ("/etc", "/", "", ".."):
        Export.objects.filter(pk=world.export.pk).update(
            folder=folder, manifest={"files": [{"name": "passwd", "bytes": 3, "sha256": "0" * 64}]}
        )
        assert owner.get(f"/api/v1/exports/{world.export.pk}/files/passwd").status_code == 404
        assert owner.get(f"/api/v1/exports/{world.export.pk}/tar/").status_code == 404
    Image.objects.filter(pk=world.image.pk).update(file_name="../../../../etc/passwd")
    assert owner.get(reverse("image-pixels", args=[world.image.pk, "original"])).status_code in {400, 404}


def test_inside_is_inside(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(SECRET)
    (tmp_path / "folder-2").mkdir()
    (tmp_path / "folder-2/x").write_bytes(SECRET)
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    for name in (*OUTSIDE, "up/secret", "../folder-2/x", str(tmp_path / "secret")):
        with pytest.raises(NotFound):
            inside(folder, name)
    assert inside(folder, "a/b.txt") == folder.resolve() / "a/b.txt"


def test_only_one_module_of_the_api_opens_files() -> None:
    """So that a new route cannot forget to ask."""
    assert set(opening(Path(settings.BASE_DIR) / "annotation_server/api")) == {"downloads.py"}


def opening(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if isinstance(node, ast.Call) and name in {"open", "FileResponse", "sendfile"}:
                yield path.name
