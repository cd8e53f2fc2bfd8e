"""Sources that strangers made to read the server's own files, to reach its network or to keep its workers: brought in through
the real jobs, they give nothing of that, and no connection is opened."""

import io
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import ipc, parquet
from rest_framework.test import APIClient

from annotation_server.models import Image, Import, Project, User
from annotation_server.places import import_folder
from annotation_server.tasks import cpu
from tests.drawing import drawn
from tests.hub_site import Hub, running_hub

pytestmark = pytest.mark.django_db(transaction=True)

LISTING = "/api/v1/imports/"
SECRET = "the-servers-own-secret-key"


@pytest.fixture
def client(ada: User, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(ada)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub() as site:
        monkeypatch.setenv("HF_ENDPOINT", site.address)
        yield site


@pytest.fixture
def inside() -> Iterator[socket.socket]:
    """Listens on loopback. Nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A folder outside of every import, with a picture and a text."""
    folder = tmp_path / "var"
    folder.mkdir()
    drawn(7).save(folder / "secret.png")
    (folder / "secret_key").write_text(SECRET)
    (folder / "rows.jsonl").write_text(json.dumps({"image": str(folder / "secret.png"), "alt": SECRET}))
    (folder / "data.arrow").write_bytes(as_arrow([{"image": str(folder / "secret.png"), "alt": SECRET}]))
    return folder


def png(seed: int) -> bytes:
    file = io.BytesIO()
    drawn(seed).save(file, "PNG")
    return file.getvalue()


def brought_in(client: APIClient, address: str = "hf://o/n") -> dict[str, Any]:
    """Announced, fetched, looked into and, where it can be read, imported."""
    answer = client.post(LISTING, {"project": "iguanas", "address": address}, format="json")
    assert answer.status_code == 201, answer.json()
    number = answer.json()["id"]
    cpu.inspect_source(str(Import.objects.get(pk=number).inspection_id))
    if client.get(f"{LISTING}{number}/").json()["state"] == "ready":
        client.post(f"{LISTING}{number}/start/", {"without_texts": True}, format="json")
        cpu.import_images(str(Import.objects.get(pk=number).job_id))
    found: dict[str, Any] = client.get(f"{LISTING}{number}/").json()
    return found


def places(folder: Path, port: int) -> list[str]:
    """Ways to say the secret picture, or a place inside."""
    secret = folder / "secret.png"
    return [
        *(
            str(secret),
            f"file://{secret}",
            f"../../../../../../..{secret}",
            f"./..//..//..//..//..//..//..//..{secret}",
        ),
        *(
            f"zip://secret.png::{folder}/a.zip",
            f"reference://::{secret}",
            f"local://{secret}",
            f"simplecache::file://{secret}",
        ),
        *(
            f"http://127.0.0.1:{port}/x.png",
            f"http://localhost:{port}/x",
            f"//127.0.0.1:{port}/x",
            f"http://[::1]:{port}/x",
        ),
        *(
            f"webhdfs://127.0.0.1:{port}/x",
            f"ftp://127.0.0.1:{port}/x",
            f"hf://datasets/o/n/{secret}",
            "http://[::1",
        ),
        *(
            f"http://[::ffff:0:127.0.0.1]:{port}/x",
            f"http://[64:ff9b::7f00:1]:{port}/x",
            "data:image/png;base64,AAAA",
        ),
    ]


def as_parquet(rows: list[dict[str, Any]], metadata: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows)
    parquet.write_table(table.replace_schema_metadata(metadata), file)
    return file.getvalue()


def as_arrow(rows: list[dict[str, Any]]) -> bytes:
    file = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows)
    with ipc.new_stream(file, table.schema) as stream:
        stream.write_table(table)
    return file.getvalue()


def repository(kind: str, folder: Path, port: int) -> dict[str, bytes]:
    """A dataset of that layout whose rows name everything that they may not, and one good picture."""
    said = places(folder, port)
    rows = [{"file_name": place, "alt_text": "x"} for place in [*said, "good.png"]]
    pairs = [{"image": {"bytes": None, "path": place}, "alt_text": "x"} for place in said]
    pairs.append({"image": {"bytes": png(1), "path": "good.png"}, "alt_text": "x"})
    features = {"huggingface": json.dumps({"info": {"features": {"image": {"_type": "Image"}}}})}
    state = {"_data_files": [{"filename": f"../../../../../../..{folder}/data.arrow"}]}
    return {
        "metadata.jsonl": {
            "metadata.jsonl": "".join(json.dumps(row) + "\n" for row in rows).encode(), "good.png": png(1)
        },
        "parquet": {"data/train-0.parquet": as_parquet(pairs, features)},
        "saved": {"state.json": json.dumps(state).encode(), "data.arrow": as_arrow(pairs)},
    }[kind]  # fmt: skip


@pytest.mark.parametrize("kind", ["metadata.jsonl", "parquet", "saved"])
def test_nothing_outside_a_dataset_is_read_or_reached(
    client: APIClient, project: Project, hub: Hub, secrets: Path, inside: socket.socket, kind: str
) -> None:
    """Its card and script say the same, and are not even asked for."""
    port = inside.getsockname()[1]
    said = "".join(
        f"  - {json.dumps(place)}\n" for place in [f"{secrets}/rows.jsonl", *places(secrets, port)]
    )
    hub.repository = {
        **repository(kind, secrets, port),
        "README.md": f"---\nconfigs:\n- config_name: default\n  data_files:\n{said}---\n".encode(),
        "n.py": f"import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')\n".encode(),
        "dataset.yaml": f"path: {secrets}\ntrain: {secrets}\n".encode(),
    }
    found = brought_in(client)
    assert found["state"] == "finished", found
    assert found["report"]["imported"] == 1, found["report"]
    [image] = Image.objects.filter(project=project)
    assert image.byte_count == len(png(1))
    assert hub.given == set(repository(kind, secrets, port))
    whole = json.dumps(found)
    assert SECRET not in whole
    assert "Traceback" not in whole


def test_the_card_alone_is_no_dataset(client: APIClient, project: Project, hub: Hub, secrets: Path) -> None:
    hub.repository = {"README.md": f"---\nconfigs:\n- data_files: {secrets}/rows.jsonl\n---\n".encode()}
    found = brought_in(client)
    assert (found["state"], found["preview"]) == ("unreadable", None)
    assert "has no files that an import reads" in found["job"]["error"]


def test_what_came_for_nothing_is_removed(
    client: APIClient, project: Project, hub: Hub, settings: Any
) -> None:
    settings.IMPORT_SOURCE_LIMIT = 1_000
    hub.repository = {"a.jsonl": b"{}\n", "b.jsonl": b"x" * 2_000}
    hub.sizes = {"b.jsonl": 2}
    found = brought_in(client)
    assert (
        "'b.jsonl' is not 2 bytes long" in found["job"]["error"]
        or "IMPORT_SOURCE_LIMIT" in found["job"]["error"]
    )
    assert list(import_folder(import_id=found["id"]).glob("fetched-*")) == []


@pytest.mark.parametrize(
    ("repositories", "owner", "sent"),
    [
        ([], False, None),
        (["o/other"], False, None),
        (["o/n"], False, "Bearer t"),
        (["o/*"], False, "Bearer t"),
        ([], True, "Bearer t"),
    ],
)
def test_the_token_is_for_owners_and_listed_repositories(
    client: APIClient,
    ada: User,
    project: Project,
    hub: Hub,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    repositories: list[str],
    owner: bool,
    sent: str | None,
) -> None:
    monkeypatch.setenv("HF_TOKEN", "t")
    settings.IMPORT_HF_REPOSITORIES = repositories
    User.objects.filter(pk=ada.pk).update(is_superuser=owner)
    hub.repository = {"data.jsonl": b'{"image": "x.png"}\n'}
    assert brought_in(client)["state"] == "finished"
    assert hub.tokens == {sent}


def test_an_import_ends_at_its_time_limit_and_keeps_what_came_in(
    client: APIClient, project: Project, hub: Hub, settings: Any
) -> None:
    hub.repository = {"metadata.jsonl": b'{"file_name": "1.png"}\n', "1.png": png(1)}
    settings.IMPORT_SECONDS_LIMIT = 0
    found = brought_in(client)
    assert found["state"] == "unreadable"
    assert found["job"]["error"].startswith("It took longer than 0 seconds (IMPORT_SECONDS_LIMIT).")
    settings.IMPORT_SECONDS_LIMIT = 3600
    found = brought_in(client)
    assert found["state"] == "finished"
