"""An import that is killed at any point and run again ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from annotation_server.models import AltText, Image, ImageCluster, Project
from annotation_server.steps.projects.create_project import create_project
from tests.drawing import write_picture, write_rows
from tests.site import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

ROWS = 450


def start_import(manifest: Path, *, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "import_images", str(manifest), "--project", "iguanas"]
    environment = {**os.environ, "DATABASE_URL": database_url(), "ALTOGETHER_VAR": str(folder)}
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def state(project: Project) -> tuple[set[str], int, int]:
    """What the images are, and how many texts and clusters there are."""
    images = Image.objects.filter(project=project)
    texts = AltText.objects.filter(image__in=images).count()
    return (
        set(images.values_list("sha256", flat=True)),
        texts,
        ImageCluster.objects.filter(project=project).count(),
    )


def test_killed_and_run_again(tmp_path: Path) -> None:
    project = create_project(slug="iguanas", name="Iguanas", created_by=None)
    rows = []
    for number in range(ROWS):
        write_picture(tmp_path / f"in/{number}.jpg", number, width=32, height=32)
        rows.append({"image": f"{number}.jpg", "alt_text": f"iguana {number}"})
    manifest = write_rows(tmp_path / "in/rows.jsonl", rows)
    running = start_import(manifest, folder=tmp_path)
    give_up_at = time.monotonic() + 120
    while not Image.objects.filter(project=project).exists() and running.poll() is None:
        assert time.monotonic() < give_up_at
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    found = len(state(project)[0])
    assert 0 < found < ROWS, "The kill came before the first chunk or after the last one."
    assert start_import(manifest, folder=tmp_path).wait(timeout=300) == 0
    hashes, texts, clusters = state(project)
    assert (len(hashes), texts, clusters) == (ROWS, ROWS, ROWS)
    for image in Image.objects.filter(project=project):
        assert (tmp_path / "media" / image.file_name).is_file()
    assert start_import(manifest, folder=tmp_path).wait(timeout=300) == 0
    assert state(project) == (hashes, texts, clusters)
