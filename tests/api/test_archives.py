"""A project goes out as one file and comes back under another name; files that are no archive are refused with a reason."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from annotation_server.choices import JobState
from annotation_server.errors import UnreadableSource
from annotation_server.models import Archive, ArchiveImport, Event, Image, Job, Membership, Project, User
from annotation_server.options.import_images import ImportOptions
from annotation_server.places import archive_file, archive_import_folder
from annotation_server.progress import silent
from annotation_server.releases.archive_unpacking import unpacked_archive
from annotation_server.steps.imports.import_images import import_images
from annotation_server.steps.people.add_person import add_person
from annotation_server.tasks import cpu
from tests.drawing import write_picture, write_rows

# Workers connect anew for each job, so what they read must be committed.
pytestmark = pytest.mark.django_db(transaction=True)

ARCHIVES = "/api/v1/archives/"
IMPORTS = "/api/v1/archive-imports/"


@pytest.fixture
def owner(db: None, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(add_person(username="olga", owner=True))


@pytest.fixture
def pictured(project: Project, tmp_path: Path) -> Project:
    """Two images with their files."""
    rows = []
    for number in range(2):
        write_picture(tmp_path / f"in/{number}.png", number)
        rows.append({"image": f"{number}.png", "alt": f"iguana {number}"})
    import_images(
        project=project,
        source=str(write_rows(tmp_path / "in/rows.jsonl", rows)),
        imported_by=None,
        options=ImportOptions(processes=1),
        progress=lambda **told: None,
    )
    return project


def made(client: APIClient, **options: Any) -> dict[str, Any]:
    """Asked for and written; returns the archive as the API shows it then."""
    answer = client.post(ARCHIVES, {"project": "iguanas", **options}, format="json")
    assert answer.status_code == 201, answer.json()
    cpu.export_archive(answer.json()["job"]["id"])
    found: dict[str, Any] = client.get(f"{ARCHIVES}{answer.json()['id']}/").json()
    return found


def downloaded(client: APIClient, number: int) -> bytes:
    return b"".join(client.get(f"{ARCHIVES}{number}/file/"))


def brought(client: APIClient, content: bytes) -> dict[str, Any]:
    """Announced, sent in two pieces and looked into; returns the import as the API shows it then."""
    answer = client.post(IMPORTS, {"file_name": "iguanas.tar", "byte_count": len(content)}, format="json")
    number, half = answer.json()["id"], len(content) // 2
    for at, piece in ((0, content[:half]), (half, content[half:])):
        body: Any = piece  # Typed as text, and sent as it is.
        client.generic("PUT", f"{IMPORTS}{number}/content/?at={at}", body, "application/octet-stream")
    cpu.inspect_archive(str(ArchiveImport.objects.get(pk=number).inspection_id))
    found: dict[str, Any] = client.get(f"{IMPORTS}{number}/").json()
    return found


def started(client: APIClient, number: int, slug: str, *people: dict[str, str]) -> Any:
    return client.post(f"{IMPORTS}{number}/start/", {"slug": slug, "people": list(people)}, format="json")


def test_out_and_in_again_under_another_name(
    pictured: Project, ada: User, owner: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    admin = client_of(ada)
    archive = made(admin)
    content = downloaded(admin, archive["id"])
    assert (archive["byte_count"], archive["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert (archive["contents"]["images"], archive["contents"]["pictures"]) == (2, 4)
    again = downloaded(admin, made(admin)["id"])
    assert members(again).keys() == members(content).keys()
    archive_import = brought(owner, content)
    assert (archive_import["state"], archive_import["contents"]) == ("ready", archive["contents"])
    assert started(owner, archive_import["id"], "twin").json()["state"] == "importing"
    cpu.import_archive(str(ArchiveImport.objects.get(pk=archive_import["id"]).job_id))
    done = owner.get(f"{IMPORTS}{archive_import['id']}/").json()
    assert (done["state"], done["job"]["result"], done["slug"]) == ("finished", {"project": "twin"}, "twin")
    assert not (
        archive_import_folder(archive_import_id=done["id"]) / "upload"
    ).exists()  # The source is not needed any more.
    hashes = [
        set(Image.objects.filter(project__slug=slug).values_list("sha256")) for slug in ("iguanas", "twin")
    ]
    assert hashes[0] == hashes[1]
    verbs = Event.objects.filter(verb__in=["project.archived", "import.received", "project.restored"])
    assert verbs.filter(verb="project.restored").get().actor_id == User.objects.get(username="olga").pk
    assert set(verbs.filter(project=None).values_list("verb", flat=True)) == {
        "import.received",
        "project.restored",
    }


def members(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        return {member.name: opened.extractfile(member).read() for member in opened}  # type: ignore[union-attr]


def packed(files: dict[str, bytes], **kind: Any) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as opened:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
        if kind:
            member = tarfile.TarInfo("tables/link.jsonl")
            member.type, member.linkname = kind["type"], "/etc/passwd"
            opened.addfile(member)
    return file.getvalue()


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2 + 100]


def changed(content: bytes) -> bytes:
    files = members(content)
    return packed({**files, "people.jsonl": files["people.jsonl"] + b" "})


def of_tomorrow(content: bytes) -> bytes:
    files = members(content)
    manifest = json.loads(files["manifest.json"])
    return packed({**files, "manifest.json": json.dumps({**manifest, "archive_version": 99}).encode()})


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "a part of it is missing"),
        (changed, "people.jsonl is not what manifest.json says"),
        (of_tomorrow, "The archive has version 99; this server reads version 1"),
        (lambda content: b"PK not an archive" * 1_000, "The file is no archive of a project"),
        (lambda content: packed({"a.jpg": b"x"}), "'a.jpg' is nothing that an archive of a project has"),
        (lambda content: packed({"tables/../../x.jsonl": b""}), "is nothing that an archive"),
        (lambda content: packed({"/tables/x.jsonl": b""}), "is nothing that an archive"),
        (lambda content: packed({}, type=tarfile.SYMTYPE), "'tables/link.jsonl' is nothing that an archive"),
        (lambda content: packed({"people.jsonl": b""}), "a part of it is missing: no manifest.json"),
    ],
)
def test_what_is_no_archive_is_refused_with_a_reason(
    pictured: Project, owner: APIClient, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    content = downloaded(owner, made(owner, pictures=False)["id"])
    archive_import = brought(owner, spoil(content))
    assert (archive_import["state"], archive_import["contents"]) == ("unreadable", None)
    assert reason in archive_import["job"]["error"]
    assert str(settings.IMPORTS_ROOT) not in archive_import["job"]["error"]
    assert started(owner, archive_import["id"], "twin").status_code == 409
    assert owner.delete(f"{IMPORTS}{archive_import['id']}/").status_code == 204
    assert not archive_import_folder(archive_import_id=archive_import["id"]).exists()


def ustar(name: str, size: int, kind: bytes = tarfile.REGTYPE, **more: Any) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    for key, value in more.items():
        setattr(member, key, value)
    return member.tobuf(tarfile.USTAR_FORMAT)


def extended(*records: str) -> bytes:
    said = b"".join(record.encode() for record in records)
    return ustar("x", len(said), tarfile.XHDTYPE) + said + bytes(-len(said) % 512) + ustar("people.jsonl", 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ustar("tables/a.jsonl", 1 << 30, tarfile.XHDTYPE) + bytes(512), "a header is too long"),
        (ustar("x", 1 << 30, tarfile.GNUTYPE_LONGNAME) + bytes(512), "'x' is nothing that an archive"),
        (ustar("people.jsonl", 512, tarfile.GNUTYPE_SPARSE) + bytes(512), "is nothing that an archive"),
        (extended("22 GNU.sparse.major=1\n"), "a header says what no archive of ours does"),
        (extended("22 path=../../x.jsonl\n"), "is nothing that an archive"),
        (extended("16 size=1000000\n"), "it ends too early"),
        (ustar("people.jsonl", 0) * 2, "'people.jsonl' is in the archive twice"),
        (ustar("tables/x.jsonl", 0, tarfile.LNKTYPE, linkname="people.jsonl"), "is nothing that an archive"),
        (ustar("tables/x.jsonl", 0, tarfile.CHRTYPE), "is nothing that an archive"),
        (ustar("tables/x.jsonl", 0, tarfile.FIFOTYPE), "is nothing that an archive"),
        (ustar("checkpoints/1/model.pt", 0), "is nothing that an archive"),
        (ustar("checkpoints/1/../../x.json", 0), "is nothing that an archive"),
        (ustar("checkpoints/1/tokenizer/run.py", 0), "is nothing that an archive"),
        (ustar(f"pictures/images/bb/{'a' * 64}.png", 0), "is nothing that an archive"),
        (ustar("pictures/images/aa/x.html", 0), "is nothing that an archive"),
        (gzip.compress(ustar("people.jsonl", 0) * 20), "The file is no archive of a project"),
    ],
)
def test_a_tar_holds_plain_files_under_our_names_and_nothing_else(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(content + bytes(1024))
    (tmp_path / "to").mkdir()
    with (
        pytest.raises(UnreadableSource, match=re.escape(reason)),
        unpacked_archive(path=path, to=tmp_path / "to", byte_limit=1 << 40, progress=silent),
    ):
        pass
    assert {one.name for one in tmp_path.iterdir()} == {"x.tar", "to"}


def test_people_are_seen_before_it_is_started(pictured: Project, ada: User, owner: APIClient) -> None:
    """Nobody here becomes a member because an archive says so."""
    archive_import = brought(owner, downloaded(owner, made(owner, pictures=False)["id"]))
    shown = owner.get(f"{IMPORTS}{archive_import['id']}/people/").json()
    expected = {"username": "ada", "first_name": "", "last_name": "", "role": "admin"}
    assert shown == [expected | {"is_here": True, "is_owner": False, "is_active": True}]
    for unseen in ({"username": "ada", "role": "annotator"}, {"username": "olga", "role": "admin"}):
        answer = started(owner, archive_import["id"], "twin", unseen)
        assert (answer.status_code, "Look at its people again" in answer.json()["detail"]) == (400, True)
    assert (
        started(owner, archive_import["id"], "twin", {"username": "ada", "role": "admin"}).status_code == 200
    )
    cpu.import_archive(str(ArchiveImport.objects.get(pk=archive_import["id"]).job_id))
    assert list(Membership.objects.filter(project__slug="twin").values_list("user", flat=True)) == [ada.pk]


def test_one_that_was_packed_in_another_order_comes_in(pictured: Project, owner: APIClient) -> None:
    files = members(downloaded(owner, made(owner)["id"]))
    archive_import = brought(owner, packed(dict(reversed(files.items()))))
    assert (archive_import["state"], archive_import["contents"]["pictures"]) == ("ready", 4)
    started(owner, archive_import["id"], "twin")
    cpu.import_archive(str(ArchiveImport.objects.get(pk=archive_import["id"]).job_id))
    assert Image.objects.filter(project__slug="twin").count() == 2


def test_a_changed_picture_is_named(pictured: Project, owner: APIClient) -> None:
    files = members(downloaded(owner, made(owner)["id"]))
    name = next(name for name in files if name.startswith("pictures/renditions/"))
    archive_import = brought(owner, packed({**files, name: files[name] + b" "}))
    assert archive_import["state"] == "unreadable"
    assert f"{name} is not what pictures.sha256 says" in archive_import["job"]["error"]


def test_a_name_that_is_taken_or_none_is_refused(pictured: Project, owner: APIClient) -> None:
    archive_import = brought(owner, downloaded(owner, made(owner, pictures=False)["id"]))
    answers = [started(owner, archive_import["id"], slug) for slug in ("iguanas", "../x", "Ä")]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert answers[0].json()["detail"] == "There is a project 'iguanas' already. Choose another slug."
    assert started(owner, archive_import["id"], "twin").status_code == 200
    Project.objects.create(slug="twin", name="Quicker")
    cpu.import_archive(str(ArchiveImport.objects.get(pk=archive_import["id"]).job_id))
    stopped = owner.get(f"{IMPORTS}{archive_import['id']}/").json()
    assert (stopped["state"], stopped["job"]["error"]) == (
        "stopped",
        "There is a project 'twin' already. Give this one another name.",
    )
    assert started(owner, archive_import["id"], "other").status_code == 200
    cpu.import_archive(str(ArchiveImport.objects.get(pk=archive_import["id"]).job_id))
    assert Project.objects.get(slug="other").name == pictured.name


def test_one_archive_at_a_time_and_removing_it(
    pictured: Project, ada: User, client_of: Callable[[User], APIClient]
) -> None:
    admin = client_of(ada)
    first = admin.post(ARCHIVES, {"project": "iguanas", "pictures": False}, format="json").json()
    second = admin.post(ARCHIVES, {"project": "iguanas"}, format="json")
    assert (second.status_code, second.json()["code"]) == (409, "archive-under-way")
    assert admin.delete(f"{ARCHIVES}{first['id']}/").status_code == 409
    assert admin.get(f"{ARCHIVES}{first['id']}/file/").status_code == 404
    cpu.export_archive(first["job"]["id"])
    folder = archive_file(archive_id=first["id"], slug="iguanas").parent
    assert [path.name for path in folder.iterdir()] == ["iguanas.tar"]
    assert admin.delete(f"{ARCHIVES}{first['id']}/").status_code == 204
    assert not folder.exists()
    assert (Archive.objects.count(), Event.objects.filter(verb="archive.removed").count()) == (0, 1)


def test_a_job_that_was_killed_is_done_again(pictured: Project, owner: APIClient) -> None:
    archive = made(owner, pictures=False)
    content = downloaded(owner, archive["id"])
    # Its worker died after the file was whole, before it could say so.
    Archive.objects.update(finished_at=None, contents={}, sha256="")
    Job.objects.filter(pk=archive["job"]["id"]).update(state=JobState.QUEUED)
    cpu.export_archive(archive["job"]["id"])
    again = owner.get(f"{ARCHIVES}{archive['id']}/").json()
    assert again["job"]["state"] == "succeeded"
    assert hashlib.sha256(downloaded(owner, archive["id"])).hexdigest() == again["sha256"]
    assert len(content) <= again["byte_count"]  # The first one's line in the audit log came on top.
