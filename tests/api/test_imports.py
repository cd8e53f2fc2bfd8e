"""Importing over the API: pieces of a file, or an address; a look into it; the rows, every one with its outcome."""

import csv
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from annotation_server.formats.readers.ledger import OF_AN_EXPORT
from annotation_server.models import Event, Image, Import, Job, Project, User
from annotation_server.places import import_folder
from annotation_server.releases.tar_stream import tar_of
from annotation_server.tasks import cpu
from tests.drawing import drawn, write_rows

# Workers connect anew for each job, so what they read must be committed.
pytestmark = pytest.mark.django_db(transaction=True)

LISTING = "/api/v1/imports/"


@pytest.fixture
def client(ada: User, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(ada)


@pytest.fixture
def online(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server's address and the folder that it shows."""
    folder = tmp_path / "online"
    folder.mkdir()

    class Site(SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def reachable(settings: Any) -> Callable[[], None]:
    """reachable() lets imports fetch from this machine."""

    def allow() -> None:
        settings.IMPORT_ALLOWED_NETWORKS = ["127.0.0.1/32"]

    return allow


def png(seed: int) -> bytes:
    file = io.BytesIO()
    drawn(seed).save(file, "PNG")
    return file.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def announced(client: APIClient, content: bytes, name: str = "iguanas.zip") -> dict[str, Any]:
    answer = client.post(
        LISTING, {"project": "iguanas", "file_name": name, "byte_count": len(content)}, format="json"
    )
    assert answer.status_code == 201, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def put(client: APIClient, number: int, content: bytes, at: int = 0) -> Any:
    body: Any = content  # Typed as text, and sent as it is.
    return client.generic("PUT", f"{LISTING}{number}/content/?at={at}", body, "application/octet-stream")


def uploaded(client: APIClient, content: bytes, name: str = "iguanas.zip") -> int:
    """Announced, sent and looked into; returns the import's number."""
    number: int = announced(client, content, name)["id"]
    assert put(client, number, content).json()["state"] == "inspecting"
    look(number)
    return number


def look(number: int) -> None:
    cpu.inspect_source(str(Import.objects.get(pk=number).inspection_id))


def shown(client: APIClient, number: int) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{LISTING}{number}/").json()
    return found


def imported(client: APIClient, number: int, **options: Any) -> dict[str, Any]:
    """Started and done; returns the import as the API shows it then."""
    started = client.post(f"{LISTING}{number}/start/", options, format="json")
    assert (started.status_code, started.json()["state"]) == (200, "importing")
    cpu.import_images(str(Import.objects.get(pk=number).job_id))
    return shown(client, number)


def outcomes(client: APIClient, number: int) -> list[dict[str, str]]:
    answer = client.get(f"{LISTING}{number}/rows/")
    assert answer["Content-Type"] == "text/csv"
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode())))


def test_a_zip_of_pictures_with_sidecars(client: APIClient, project: Project) -> None:
    content = zipped(
        {"in/a.png": png(1), "in/a.txt": b"a green iguana\n", "in/b.png": b"no picture", "in/.DS_Store": b"x"}
    )
    number = uploaded(client, content)
    found = shown(client, number)
    assert (found["state"], found["received"], found["preview"]["format"]) == (
        "ready",
        len(content),
        "folder",
    )
    assert found["preview"]["total"] == 2
    assert found["preview"]["rows"][0]["alt_texts"] == ["a green iguana"]
    assert found["preview"]["skipped"] == [{"name": "in/.DS_Store", "reason": "It is a hidden file."}]
    assert "path" not in found["preview"]
    done = imported(client, number, source="a zip")
    assert (done["state"], done["report"]["imported"], done["report"]["refused"]) == ("finished", 1, 1)
    [image] = Image.objects.filter(project=project)
    assert (image.source, [one.text for one in image.alt_texts.all()]) == ("a zip", ["a green iguana"])
    rows = outcomes(client, number)
    assert [(row["row"], row["name"], row["outcome"]) for row in rows] == [
        ("1", "a.png", "imported"),
        ("2", "b.png", "refused"),
    ]
    assert rows[1]["reason"].startswith("Not an image of a known format")
    assert [path.name for path in import_folder(import_id=number).iterdir()] == ["rows.csv"]


def test_pieces_come_in_order_and_go_on_after_a_break(client: APIClient) -> None:
    content = zipped({"a.png": png(1)})
    number = announced(client, content)["id"]
    assert put(client, number, content[:100]).json()["received"] == 100
    again = put(client, number, content[:100])
    assert (again.status_code, again.json()["code"], again.json()["received"]) == (
        409,
        "upload-out-of-step",
        100,
    )
    ahead = put(client, number, content[200:], at=200)
    assert (ahead.status_code, ahead.json()["received"]) == (409, 100)
    long = put(client, number, content[100:] + b"more", at=100)
    assert long.status_code == 400
    assert shown(client, number)["state"] == "receiving"
    assert put(client, number, content[100:], at=100).json()["state"] == "inspecting"
    look(number)
    assert shown(client, number)["preview"]["total"] == 1
    assert put(client, number, b"x", at=len(content)).status_code == 409


def test_columns_are_guessed_shown_and_changed(
    client: APIClient, online: tuple[str, Path], reachable: Callable[[], None]
) -> None:
    reachable()
    address, folder = online
    (folder / "1.png").write_bytes(png(1))
    table = f"image_url,caption,alt_text,note\n{address}/1.png,a better text,an iguana,=1+1\n".encode()
    number = uploaded(client, table, "table.csv")
    columns = {
        one["name"]: (one["field"], one["sample"]) for one in shown(client, number)["preview"]["columns"]
    }
    assert columns == {
        "image_url": ("image_url", f"{address}/1.png"),
        "alt_text": ("alt_texts", "an iguana"),
        "caption": ("", "a better text"),
        "note": ("", "=1+1"),
    }
    refused = client.post(f"{LISTING}{number}/start/", {"columns": {"caption": "shoe_size"}}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    done = imported(client, number, columns={"caption": "alt_texts", "alt_text": "ignore"})
    assert done["report"]["imported"] == 1, done["report"]
    assert [one.text for one in Image.objects.get().alt_texts.all()] == ["a better text"]


def test_an_upload_names_no_file_of_the_server(client: APIClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(3))
    rows = f'{{"image": "{secret}", "alt": "x"}}\n{{"image": "../../../../etc/passwd", "alt": "=cmd()"}}\n'
    number = uploaded(client, rows.encode(), "rows.jsonl")
    report = imported(client, number)["report"]
    assert (report["imported"], report["refused"]) == (0, 2)
    assert report["reasons"] == [
        {
            "reason": "The picture lies outside the source's folder.",
            "count": 2,
            "example": f"row 1, {secret}: The picture lies outside the source's folder.",
        }
    ]
    assert Image.objects.count() == 0


def test_outcomes_are_safe_to_open_in_a_spreadsheet(client: APIClient) -> None:
    rows = b'{"image": "=HYPERLINK(1).png", "alt": "x"}\n{"image": "a\\nb.png", "alt": "x"}\n'
    number = uploaded(client, rows, "rows.jsonl")
    imported(client, number)
    assert [row["name"] for row in outcomes(client, number)] == ["'=HYPERLINK(1).png", "a b.png"]


def test_an_address_is_fetched_by_a_worker(
    client: APIClient, online: tuple[str, Path], reachable: Callable[[], None]
) -> None:
    address, folder = online
    (folder / "iguanas.zip").write_bytes(zipped({"a.png": png(1), "a.txt": b"an iguana"}))
    asked = {"project": "iguanas", "address": f"{address}/iguanas.zip"}
    inside = client.post(LISTING, asked, format="json").json()
    look(inside["id"])
    found = shown(client, inside["id"])
    assert (found["state"], found["job"]["error"]) == (
        "unreadable",
        "The address leads into a network or to a port that this server may not reach.",
    )
    reachable()
    number = client.post(LISTING, asked, format="json").json()["id"]
    look(number)
    assert imported(client, number)["report"]["imported"] == 1


@pytest.mark.parametrize(
    "address",
    [
        *("/etc/passwd", "file:///etc/passwd", "s3://somebodys-bucket/x", "ftp://example.org/x", "\u0000"),
        *("http://[::1", "https://a]b/", "http://h:99999/x", "s3://[::1", "s3://", "hf://[::1", "data:,x"),
    ],
)
def test_other_addresses_are_refused_at_once(client: APIClient, address: str) -> None:
    answer = client.post(LISTING, {"project": "iguanas", "address": address}, format="json")
    assert answer.status_code == 400
    assert Import.objects.count() == Job.objects.count() == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"file_name": "a.zip"},
        {"file_name": "a.zip", "byte_count": 2**53},
        {"file_name": "a.zip", "byte_count": 5, "address": "https://example.org/a.zip"},
        {},
    ],
)
def test_nonsense_is_refused(client: APIClient, asked: dict[str, Any]) -> None:
    assert client.post(LISTING, {"project": "iguanas", **asked}, format="json").status_code == 400
    assert Import.objects.count() == 0


def test_what_is_no_source_is_told_and_can_be_removed(client: APIClient) -> None:
    number = uploaded(client, b"just some words", "words.txt")
    found = shown(client, number)
    assert found["state"] == "unreadable"
    assert "is in no format that is known here" in found["job"]["error"]
    assert str(settings.VAR) not in found["job"]["error"]
    assert client.post(f"{LISTING}{number}/start/", {}, format="json").json()["code"] == "import-not-ready"
    assert client.delete(f"{LISTING}{number}/").status_code == 204
    assert not import_folder(import_id=number).exists() or not Import.objects.exists()
    assert Event.objects.filter(verb="import.removed").count() == 1


def test_an_import_under_way_is_not_removed_nor_started_twice(client: APIClient) -> None:
    number = uploaded(client, zipped({"a.png": png(1), "a.txt": b"iguana"}))
    assert client.post(f"{LISTING}{number}/start/", {}, format="json").status_code == 200
    assert client.post(f"{LISTING}{number}/start/", {}, format="json").status_code == 409
    assert client.delete(f"{LISTING}{number}/").status_code == 409


def test_formats_and_meanings(client: APIClient) -> None:
    found = client.get(f"{LISTING}formats/").json()
    assert {"webdataset", "coco", "folder"} <= set(found["formats"])
    assert {"alt_texts", "split", "ignore"} <= set(found["meanings"])


def test_our_own_tar_comes_in_again(client: APIClient, project: Project, tmp_path: Path) -> None:
    """As it was downloaded; what describes the export is told as that."""
    folder = tmp_path / "out"
    (folder / "images").mkdir(parents=True)
    write_rows(folder / "data.jsonl", [{"image": "images/a.png", "alt_texts": ["an iguana"]}])
    (folder / "images/a.png").write_bytes(png(1))
    (folder / "_manifest.json").write_text("{}")
    content = b"".join(tar_of(folder, top="iguanas-round-1"))
    number = uploaded(client, content, name="iguanas-round-1.tar")
    preview = shown(client, number)["preview"]
    assert (preview["format"], preview["total"]) == ("jsonl", 1)
    done = imported(client, number)
    assert done["report"]["alt_texts"] == 1
    account = {page["kind"]: page for page in done["report"]["account"]}
    assert (account["member"]["used"], account["member"]["left"]) == (3, 0)
    assert account["file"]["reasons"] == [{"reason": OF_AN_EXPORT, "count": 1, "example": "_manifest.json"}]


def test_somebody_looks_again_and_says_that_there_are_no_texts(client: APIClient, project: Project) -> None:
    content = zipped(
        {"in/a.png": png(1), "in/b.png": png(2), "in/words.csv": b"picture_of,seen\na.png,an iguana\n"}
    )
    number = uploaded(client, content)
    preview = shown(client, number)["preview"]
    assert [one["file"] for one in preview["candidates"]] == ["words.csv", "."]
    again = client.post(f"{LISTING}{number}/inspect/", {"texts": "."}, format="json")
    assert again.json()["state"] == "inspecting"
    look(number)
    found = shown(client, number)
    survey = found["preview"]["survey"]
    assert (survey["complete"], survey["texts"], survey["pictures"]["found"]) == (True, 0, 2)
    refused = client.post(f"{LISTING}{number}/start/", {}, format="json")  # Read as it was looked at.
    assert (refused.status_code, refused.json()["code"]) == (409, "source-without-texts")
    assert imported(client, number, without_texts=True)["report"]["imported"] == 2


def test_nothing_of_a_source_is_told_of_the_next_one(client: APIClient, project: Project) -> None:
    """One worker looks at both, and of both it cannot tell which file says what the rows are."""
    accounts = []
    for _ in range(2):
        content = zipped({"in/a.png": png(1), "in/words.csv": b"picture_of,seen\na.png,an iguana\n"})
        preview = shown(client, uploaded(client, content))["preview"]
        assert len(preview["candidates"]) == 2
        accounts.append(preview["account"])
    assert accounts[0] == accounts[1] == [{"kind": "member", "used": 2, "left": 0, "reasons": []}]
