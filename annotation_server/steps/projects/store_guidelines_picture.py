"""An admin puts a picture into the guidelines: decoded as an import does, and stored as fresh pixels under its own hash."""

import hashlib
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server.errors import NotFound
from annotation_server.models import Project
from annotation_server.pictures.decoding import DecoderPool
from annotation_server.pictures.faces import read_rendition
from annotation_server.pictures.render_turns import large_turn
from annotation_server.pictures.storage import staging_folder, store_file
from annotation_server.releases.project_files import guidelines_folder

PICTURE_LIMIT = 20 * 1024 * 1024
# An example to look at: what a camera makes. It is decoded while somebody waits, and a larger one would hold up the others.
PIXEL_LIMIT = 25_000_000
PICTURE_MEDIA_TYPE = "image/webp"
QUALITY = 90


def store_guidelines_picture(*, project: Project, content: bytes) -> str:
    """The SHA-256 that the picture is stored under. Raises UnreadableImage; PictureNotReady while as many large pictures as
    may are being decoded."""
    limit = min(PIXEL_LIMIT, settings.IMAGE_PIXEL_LIMIT)
    pool = DecoderPool(staging=staging_folder(), pixel_limit=limit, processes=1)
    with large_turn(), pool:
        [decoding] = pool.submit([content])
        decoded = decoding.result()
        staged = decoded.staged.with_suffix(".screen")
        _write_webp(staged)
        sha256 = hashlib.sha256(staged.read_bytes()).hexdigest()
        store_file(name=guidelines_picture_name(project=project, sha256=sha256), staged=staged)
        decoded.discard()
    return sha256


def _write_webp(path: Path) -> None:
    """All of the guidelines are WebP: so their names end."""
    file = BytesIO()
    read_rendition(path.read_bytes()).save(file, "WEBP", quality=QUALITY)
    path.write_bytes(file.getvalue())


def guidelines_picture_name(*, project: Project, sha256: str) -> str:
    """guidelines/3/abcd….webp"""
    return f"{guidelines_folder(project_id=project.pk)}/{sha256}.webp"


def stored_guidelines_picture(*, project: Project, sha256: str) -> str:
    """Its name in the storage. Raises NotFound."""
    name = guidelines_picture_name(project=project, sha256=sha256)
    if not default_storage.exists(name):
        raise NotFound("The guidelines have no such picture.")
    return name
