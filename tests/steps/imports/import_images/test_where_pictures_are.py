"""Pictures outside the source's folder, and pictures at an address."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from annotation_server.models import (
    Image,
)
from tests.drawing import write_picture, write_rows
from tests.steps.imports.import_images.importing import Import, counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures_online(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a web server with two pictures, and the paths that it was asked for."""
    asked: list[str] = []
    for number in range(2):
        write_picture(tmp_path / f"online/{number}.png", number)

    class Site(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(tmp_path / "online")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_pictures_outside_the_folder_are_refused_where_the_import_is_confined(
    tmp_path: Path, run: Import
) -> None:
    outside = write_picture(tmp_path / "outside.png", 1)
    (tmp_path / "in").mkdir()
    write_picture(tmp_path / "in/a.png", 2)
    (tmp_path / "in/link.png").symlink_to(outside)
    rows = [{"image": name} for name in ("a.png", "../outside.png", str(outside), "link.png")]
    path = write_rows(tmp_path / "in/rows.jsonl", rows)
    assert counts(run(path, confined=True)) == (1, 0, 3)
    assert counts(run(path)) == (1, 3, 0)


def test_pictures_at_an_address_are_fetched_once(
    tmp_path: Path, run: Import, settings: Any, pictures_online: tuple[str, list[str]]
) -> None:
    site, asked = pictures_online
    rows = [{"url": f"{site}/{name}", "alt": name} for name in ("0.png", "1.png", "missing.png")]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    refused = run(path)
    assert counts(refused) == (0, 0, 3)
    assert {row["reason"] for row in refused.refusals} == {
        "The address leads into a network or to a port that this server may not reach."
    }
    assert asked == []
    settings.IMPORT_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    report = run(path)
    assert counts(report) == (2, 0, 1)
    assert report.refusals[0]["reason"] == "The address answers 404."
    assert list(Image.objects.values_list("image_url", flat=True)) == [f"{site}/0.png", f"{site}/1.png"]
    asked.clear()
    assert counts(run(path)) == (0, 2, 1)
    assert asked == ["/missing.png"]
