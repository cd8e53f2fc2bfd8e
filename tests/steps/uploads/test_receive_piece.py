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
from annotation_server.steps.uploads.announce_upload import announce_import
from annotation_server.steps.uploads.receive_piece import receive_piece

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
    return announce_import(project=project, file_name="a.zip", byte_count=LARGE, requested_by=ada)


def test_two_uploads_are_not_promised_the_same_room(room: Any, project: Project, ada: User) -> None:
    first = announce(project, ada)
    with pytest.raises(ServiceUnavailable, match="bytes left"):
        announce(project, ada)
    Import.objects.filter(pk=first.pk).update(created_at=Now() - timedelta(days=2))
    announce(project, ada)  # What nobody sends keeps no room.


def test_a_piece_is_refused_before_it_is_written_where_the_rest_has_no_room(
    room: Any, project: Project, ada: User
) -> None:
    import_ = receive_piece(upload=announce(project, ada), at=0, stream=io.BytesIO(b"x" * 1000))
    room(200 * MIB)  # Somebody else has filled the disk.
    stream = io.BytesIO(b"x" * 1000)
    with pytest.raises(ServiceUnavailable, match="bytes left"):
        receive_piece(upload=import_, at=1000, stream=stream)
    assert stream.tell() == 0
    assert [path.name for path in import_folder(import_id=import_.pk).iterdir()] == ["upload"]
    room(600 * MIB)
    assert receive_piece(upload=import_, at=1000, stream=stream).received == 2000
