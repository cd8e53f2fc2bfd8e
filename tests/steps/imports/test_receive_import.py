"""The disk is looked at before each piece of an upload, with what other uploads will still bring."""

import io
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now

from annotation_server.errors import ServiceUnavailable
from annotation_server.files import allowance
from annotation_server.models import Import, Project, User
from annotation_server.places import import_folder
from annotation_server.steps.imports.receive_import import announce_upload, receive_piece

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1 << 20
LARGE = 400 * MIB


@pytest.fixture
def room(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """room(500 * MIB): so much may still be used, whatever else is written meanwhile."""
    settings.IMPORTS_ROOT = tmp_path

    def leave(byte_count: int) -> None:
        monkeypatch.setattr(allowance, "SPARE_BYTES", shutil.disk_usage(tmp_path).free - byte_count)

    leave(600 * MIB)
    return leave


def announce(project: Project, ada: User) -> Import:
    return announce_upload(project=project, file_name="a.zip", byte_count=LARGE, requested_by=ada)


def test_two_uploads_are_not_promised_the_same_room(room: Any, project: Project, ada: User) -> None:
    first = announce(project, ada)
    with pytest.raises(ServiceUnavailable, match="bytes left"):
        announce(project, ada)
    Import.objects.filter(pk=first.pk).update(created_at=Now() - timedelta(days=2))
    announce(project, ada)  # What nobody sends keeps no room.


def test_a_piece_is_refused_before_it_is_written_where_the_rest_has_no_room(
    room: Any, project: Project, ada: User
) -> None:
    incoming = receive_piece(incoming=announce(project, ada), at=0, stream=io.BytesIO(b"x" * 1000))
    room(200 * MIB)  # Somebody else has filled the disk.
    stream = io.BytesIO(b"x" * 1000)
    with pytest.raises(ServiceUnavailable, match="bytes left"):
        receive_piece(incoming=incoming, at=1000, stream=stream)
    assert stream.tell() == 0
    assert [path.name for path in import_folder(import_id=incoming.pk).iterdir()] == ["upload"]
    room(600 * MIB)
    assert receive_piece(incoming=incoming, at=1000, stream=stream).received == 2000
