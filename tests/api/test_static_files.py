"""The front end may be built anew while the server runs: old pages get a plain 404, new ones their files."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from annotation_server.api.static_files import StaticFilesMiddleware


@pytest.fixture
def dist(tmp_path: Path, settings: Any) -> Path:
    """A build with one page, one script, one icon."""
    settings.FRONT_END, settings.STATICFILES_DIRS, settings.STATIC_ROOT = tmp_path, [tmp_path], None
    build(tmp_path, "aaaaaaaa")
    return tmp_path


def build(dist: Path, name: str) -> None:
    (dist / "assets").mkdir(exist_ok=True)
    (dist / "index.html").write_text(f"<script src='/static/assets/main-{name}.js'>")
    (dist / "assets" / f"main-{name}.js").write_text(f"// {name}")
    (dist / "icon.svg").write_text(f"<svg>{name * len(list(dist.glob('assets/*')))}</svg>")


@pytest.mark.django_db  # Django looks at its connections when an answer is closed
def test_a_new_build_is_served_without_a_restart(dist: Path) -> None:
    server = StaticFilesMiddleware(lambda request: HttpResponse(status=404))

    def get(name: str) -> tuple[int, bytes]:
        answer = server(RequestFactory().get(f"/static/{name}"))
        content = b"".join(answer)
        answer.close()
        return answer.status_code, content

    assert get("assets/main-aaaaaaaa.js") == (200, b"// aaaaaaaa")
    assert get("icon.svg") == (200, b"<svg>aaaaaaaa</svg>")
    assert get("assets/main-bbbbbbbb.js") == (404, b"")

    (dist / "assets" / "main-aaaaaaaa.js").unlink()
    build(dist, "bbbbbbbb")
    build(dist, "cccccccc")
    assert get("assets/main-aaaaaaaa.js") == (404, b"")
    assert get("assets/main-bbbbbbbb.js") == (200, b"// bbbbbbbb")
    assert get("icon.svg") == (200, b"<svg>cccccccccccccccc</svg>")
    assert get("../secret") == (404, b"")


def test_the_page_is_the_newest(dist: Path, client: Client) -> None:
    assert b"main-aaaaaaaa" in client.get("/projects/iguanas").content
    build(dist, "bbbbbbbb")
    answer = client.get("/projects/iguanas")
    assert (answer["Cache-Control"], b"main-bbbbbbbb" in answer.content) == ("no-cache", True)
    (dist / "index.html").unlink()
    assert client.get("/").status_code == 503
