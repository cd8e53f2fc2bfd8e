"""Guidelines over the API: versions, what changed since somebody last looked, pictures, and the practice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from rest_framework.test import APIClient

from annotation_server.models import Project, User
from tests.drawing import drawn

ADDRESS = "/api/v1/projects/iguanas/guidelines/"


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def test_a_person_sees_what_changed_since_they_last_looked(project: Project, ada: User, ana: User) -> None:
    admin, annotator = client_of(ada), client_of(ana)
    admin.put(ADDRESS, {"text": "Be exact.", "version": 0}, format="json")
    annotator.post(f"{ADDRESS}seen/", {"version": 1}, format="json")
    admin.put(ADDRESS, {"text": "Be exact. No guesses.", "note": "Rule 2", "version": 1}, format="json")

    read = annotator.get(ADDRESS).json()
    del read["changed_at"]
    assert read == {
        "version": 2,
        "text": "Be exact. No guesses.",
        "note": "Rule 2",
        "seen": 1,
        "seen_text": "Be exact.",
        "practised": False,
    }
    versions = annotator.get(f"{ADDRESS}versions/").json()["results"]
    assert [(one["number"], one["author"], one["note"]) for one in versions] == [
        (2, "ada", "Rule 2"),
        (1, "ada", ""),
    ]
    assert all("text" not in one for one in versions)
    changes = [annotator.get(f"{ADDRESS}versions/{number}/").json() for number in (1, 2)]
    assert changes == [
        {"number": 1, "text": "Be exact.", "before": ""},
        {"number": 2, "text": "Be exact. No guesses.", "before": "Be exact."},
    ]
    assert [annotator.get(f"{ADDRESS}versions/{number}/").status_code for number in (0, 3, 10**30)] == [
        404
    ] * 3


def test_of_two_admins_the_second_gets_the_firsts_text(project: Project, ada: User) -> None:
    admin = client_of(ada)
    admin.put(ADDRESS, {"text": "Be exact.", "version": 0}, format="json")
    refused = admin.put(ADDRESS, {"text": "Be brief.", "version": 0}, format="json")
    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["text"]) == ("newer-text-saved", "Be exact.")


def test_practice_is_noted(project: Project, ana: User) -> None:
    annotator = client_of(ana)
    assert annotator.post("/api/v1/projects/iguanas/practised/").status_code == 204
    assert annotator.get(ADDRESS).json()["practised"] is True


def upload(admin: APIClient, content: bytes) -> tuple[int, dict[str, str]]:
    file = SimpleUploadedFile("good.png", content, content_type="image/png")
    answer = admin.post(f"{ADDRESS}pictures/", {"picture": file}, format="multipart")
    return answer.status_code, answer.json()


def test_a_picture_is_kept_as_fresh_pixels(project: Project, ada: User, ana: User) -> None:
    file = BytesIO()
    drawn(1).save(file, "PNG")
    status, kept = upload(client_of(ada), file.getvalue())
    assert status == 201
    served = client_of(ana).get(kept["url"])
    content = b"".join(served)
    assert (served["Content-Type"], Pillow.open(BytesIO(content)).size) == ("image/webp", (96, 64))
    assert upload(client_of(ada), file.getvalue()) == (201, kept)


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"GIF89a", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(project: Project, ada: User, content: bytes) -> None:
    status, told = upload(client_of(ada), content)
    assert (status, told["code"]) == (400, "unreadable-image")


def test_a_picture_that_would_hold_up_others_is_refused_before_it_is_decoded(
    project: Project, ada: User
) -> None:
    file = BytesIO()
    Pillow.new("1", (5_001, 5_000)).save(file, "PNG")
    status, told = upload(client_of(ada), file.getvalue())
    assert (status, told["code"]) == (400, "unreadable-image")
    assert "at most 25,000,000 are taken" in told["detail"]


def test_an_annotator_puts_nothing_in(project: Project, ana: User) -> None:
    assert upload(client_of(ana), b"")[0] == 403
    assert client_of(ana).put(ADDRESS, {"text": "x", "version": 0}, format="json").status_code == 403


def test_an_admin_changes_the_projects_settings(project: Project, ada: User) -> None:
    address = "/api/v1/projects/iguanas/"
    changed = client_of(ada).patch(address, {"asks_for_concepts": True}, format="json")
    assert (changed.json()["asks_for_concepts"], changed.json()["role"]) == (True, "admin")
    refused = client_of(ada).patch(address, {"asks_for_concepts": False, "role": "annotator"}, format="json")
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"role"})
    for limit in (0, 20_001):
        assert client_of(ada).patch(address, {"caption_limit": limit}, format="json").status_code == 400
