"""An export that is killed and run again is the same bytes as one that nothing disturbed, and writes nothing twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer
from pyarrow import parquet

from annotation_server.choices import Split
from annotation_server.errors import FolderNotEmpty
from annotation_server.models import Caption, Export, Image, Round, User
from annotation_server.options.export_round import ExportOptions
from annotation_server.pictures.storage import rendition_name
from annotation_server.steps.exports.export_round import export_round
from tests.drawing import write_picture
from tests.site import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

ROWS = 10
KILLED_AT = 8
Begin = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def round(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    make_images: Callable[..., list[Image]],
    open_round: Callable[..., Round],
    hand_in: Callable[..., Caption],
    ana: User,
) -> Round:
    """Ten images (or the parameter), two held out, with pictures of their own and a caption each."""
    rows: int = getattr(request, "param", ROWS)
    for number, image in enumerate(make_images(rows - 2) + make_images(2, split=Split.EVAL)):
        drawn = write_picture(tmp_path / "drawn.webp", number)
        rendition = tmp_path / "media" / rendition_name(sha256=image.sha256, size="screen")
        rendition.parent.mkdir(parents=True, exist_ok=True)
        drawn.replace(rendition)
    opened = open_round()
    for number in range(rows):
        hand_in(opened, ana, f"A green iguana, number {number}.")
    return opened


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """begin("parquet", place, killed_at=8) starts the export."""

    def start(format: str, place: Path | str, *, killed_at: int = 0) -> subprocess.Popen[bytes]:
        command = [sys.executable, "tests/faults/exporting_process.py", format, str(place), str(killed_at)]
        paths = {"ALTOGETHER_VAR": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
        environment = {**os.environ, **paths, "DATABASE_URL": database_url()}
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)

    return start


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Name → which file it is on the disk, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (_, content) in files(folder).items()}


@pytest.mark.parametrize("format", ["webdataset", "hf_dataset"])
def test_killed_twice_and_run_again(format: str, tmp_path: Path, round: Round, begin: Begin) -> None:
    assert begin(format, tmp_path / "undisturbed").wait() == 0
    for killed_at in (KILLED_AT, 5):  # The second attempt has taken over but a part of the first.
        assert begin(format, tmp_path / "out", killed_at=killed_at).wait() == -signal.SIGKILL
    left = [set(files(one / "files").values()) for one in tmp_path.glob(".out.partial-*")]
    assert begin(format, tmp_path / "out").wait() == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
    assert len(set().union(*left) & set(files(tmp_path / "out").values())) == 2
    assert list(tmp_path.glob(".out*")) == []
    assert Export.objects.filter(finished_at__isnull=False).count() == Export.objects.count() == 2


def test_what_changed_meanwhile_is_in_it(tmp_path: Path, round: Round, begin: Begin) -> None:
    assert begin("parquet", tmp_path / "out", killed_at=KILLED_AT).wait() == -signal.SIGKILL
    changed = Image.objects.order_by("sha256")[1]
    Image.objects.filter(pk=changed.pk).update(source="wit")
    assert begin("parquet", tmp_path / "out").wait() == 0
    tables = [parquet.read_table(path) for path in sorted((tmp_path / "out").rglob("*.parquet"))]
    sources = {row["sha256"]: row["source"] for table in tables for row in table.to_pylist()}
    assert sources == {one: "wit" if one == changed.sha256 else "" for one in sources}
    assert sum(table.num_rows for table in tables) == len(sources) == 10


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket, for the processes too."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").create_bucket(Bucket="released")
    yield made
    made.objects.all().delete()
    server.stop()


# So many that they cannot all be on their way at once.
@pytest.mark.parametrize("round", [80], indirect=True)
def test_an_upload_that_is_killed_is_gone_on_with(
    tmp_path: Path, round: Round, begin: Begin, bucket: Any
) -> None:
    assert begin("jsonl", tmp_path / "undisturbed").wait() == 0
    uploading = begin("jsonl", "s3://released/one")
    give_up_at = time.monotonic() + 60
    while len(names(bucket)) < 3:
        assert time.monotonic() < give_up_at
    uploading.kill()
    uploading.wait()
    assert ".unfinished" in names(bucket)
    assert "_manifest.json" not in names(bucket), "The kill came too late."
    arrived = {one.key: one.last_modified for one in bucket.objects.all() if "/images/" in one.key}
    bucket.Object("one/images/half.webp").initiate_multipart_upload()
    bucket.put_object(Key="one/images/old.webp", Body=b"of an image that was taken down meanwhile")
    with pytest.raises(FolderNotEmpty):
        export_round(
            project=round.project,
            round=round,
            format="csv",
            folder="s3://released/one",
            options=ExportOptions(),
            requested_by=None,
            progress=lambda **told: None,
        )
    assert begin("jsonl", "s3://released/one").wait() == 0
    assert {name: bucket.Object(f"one/{name}").get()["Body"].read() for name in names(bucket)} == contents(
        tmp_path / "undisturbed"
    )
    assert arrived
    assert arrived == {key: bucket.Object(key).last_modified for key in arrived}
    assert list(bucket.multipart_uploads.all()) == []


def names(bucket: Any) -> set[str]:
    return {one.key.removeprefix("one/") for one in bucket.objects.all()}
