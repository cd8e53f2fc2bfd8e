"""Many people open the same picture at the same moment, over HTTP, at several web processes: one of them makes it, nobody waits
for it, and whoever asks again has it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from django.core.files.storage import default_storage

from annotation_server.models import Image, Project, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.pictures.faces import faces_key
from annotation_server.pictures.render_turns import only_maker
from annotation_server.pictures.storage import rendition_name
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.make_api_token import make_api_token
from tests.drawing import write_picture, write_rows
from tests.site import Site

AT_ONCE = 8
Ask = Callable[[str], list[requests.Response]]


@pytest.fixture
def image(site: Site, project: Project, tmp_path: Path) -> Image:
    write_picture(tmp_path / "face.png", 9_481, width=1_900, height=1_300)
    rows = [{"image": "face.png", "alt": "a face", "face_boxes": [[200, 300, 400, 600]]}]
    import_images(
        project=project,
        source=str(write_rows(tmp_path / "rows.jsonl", rows)),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=lambda **told: None,
    )
    return Image.objects.get()


@pytest.fixture
def ask(site: Site, image: Image, ada: User) -> Ask:
    """ask("screen") is what many get who ask at the same moment, each over a connection of its own."""
    token = make_api_token(user=ada, name="test")

    def asked(size: str) -> list[requests.Response]:
        address = f"{site.url}/api/v1/images/{image.pk}/pixels/{size}/"
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = [
                pool.submit(requests.get, address, headers={"Authorization": f"Token {token}"}, timeout=20)
                for _ in range(AT_ONCE)
            ]
            return [one.result() for one in waiting]

    return asked


def test_one_makes_a_picture_and_the_others_are_told_to_ask_again(image: Image, ask: Ask) -> None:
    for size in ("thumbnail", "screen", "original"):
        name = rendition_name(sha256=image.sha256, size=size, faces=faces_key(image.face_boxes))
        with only_maker(name):
            refused = ask(size)
        assert {(one.status_code, one.headers["Retry-After"]) for one in refused} == {(503, "2")}, size
        assert {one.json()["code"] for one in refused} == {"picture-not-ready"}
        assert not default_storage.exists(name)
        answers = ask(size)
        assert {one.status_code for one in answers} <= {200, 503}, size
        [picture] = {one.content for one in answers if one.status_code == 200}
        made_at = default_storage.get_modified_time(name)
        again = ask(size)
        assert {(one.status_code, one.content) for one in again} == {(200, picture)}, size
        assert default_storage.get_modified_time(name) == made_at
