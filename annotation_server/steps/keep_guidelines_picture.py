"""An admin puts a picture into the guidelines: decoded as an import does, and kept as fresh pixels under its own hash."""

import hashlib

from django.conf import settings
from django.core.files.storage import default_storage

from annotation_server.errors import NotFound
from annotation_server.formats.decoding import DecoderPool
from annotation_server.formats.pictures import keep, staging_folder
from annotation_server.formats.project_files import guidelines_folder
from annotation_server.models import Project

PICTURE_LIMIT = 20 * 1024 * 1024


def keep_guidelines_picture(*, project: Project, content: bytes) -> str:
    """The SHA-256 that the picture is kept under. Raises UnreadableImage."""
    pool = DecoderPool(staging=staging_folder(), pixel_limit=settings.IMAGE_PIXEL_LIMIT, processes=1)
    with pool:
        [decoding] = pool.submit([content])
        decoded = decoding.result()
        staged = decoded.staged.with_suffix(".screen")
        sha256 = hashlib.sha256(staged.read_bytes()).hexdigest()
        keep(name=guidelines_picture_name(project=project, sha256=sha256), staged=staged)
        decoded.discard()
    return sha256


def guidelines_picture_name(*, project: Project, sha256: str) -> str:
    """guidelines/3/abcd….webp"""
    return f"{guidelines_folder(project_id=project.pk)}/{sha256}.webp"


def stored_guidelines_picture(*, project: Project, sha256: str) -> str:
    """Its name in the storage. Raises NotFound."""
    name = guidelines_picture_name(project=project, sha256=sha256)
    if not default_storage.exists(name):
        raise NotFound("The guidelines have no such picture.")
    return name
