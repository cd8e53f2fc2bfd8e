"""Files as answers: the only place of the API that opens one."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse

from annotation_server.errors import NotFound
from annotation_server.files.inside import inside
from annotation_server.pictures.encoding import JPEG_START, media_type_of


def download(
    *, folder: Path, name: str, filename: str, missing: str, content_type: str | None = None
) -> FileResponse:
    """The folder's file of that name, to be kept as `filename`. Raises NotFound, saying `missing`."""
    path = inside(folder, name)
    if not path.is_file():
        raise NotFound(missing)
    return FileResponse(path.open("rb"), as_attachment=True, filename=filename, content_type=content_type)


def picture(name: str) -> FileResponse:
    """A rendition of the storage. Raises NotFound, FileNotFoundError."""
    if isinstance(default_storage, FileSystemStorage):
        inside(Path(default_storage.location), name)
    file = default_storage.open(name)
    media_type = media_type_of(file.read(len(JPEG_START)))
    file.seek(0)
    return FileResponse(file, content_type=media_type)
