"""Where a picture's files are: names from the SHA-256 of the original, in Django's default storage.

The original is kept untouched and never served; people, model and exports get renditions, which have fresh pixels and no
metadata.
"""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from annotation_server.errors import ServiceUnavailable

# The size that an import makes; the others when somebody first wants them (see steps/images/render_picture.py).
MADE_AT_IMPORT = "screen"
_LIBC = ctypes.CDLL(None, use_errno=True)  # Python has no name for syncfs.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/avif": "avif",
}


def original_name(*, sha256: str, media_type: str) -> str:
    """images/ab/abcd….jpg"""
    return f"images/{sha256[:2]}/{sha256}.{EXTENSIONS[media_type]}"


def rendition_name(*, sha256: str, size: str, faces: str = "") -> str:
    """renditions/ab/abcd….screen, JPEG or WebP (see encoding.py); `faces` is the key of those that are blurred (faces.py)."""
    return f"renditions/{sha256[:2]}/{sha256}.{size}{f'.{faces}' if faces else ''}"


def staging_folder() -> Path:
    """Where files are made before they get their name; beside the local storage, so that a rename is enough."""
    local = isinstance(default_storage, FileSystemStorage)
    folder = Path(default_storage.path("staging")) if local else Path(settings.VAR) / "staging"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def store_file(*, name: str, staged: Path) -> None:
    """Move a finished file into the storage, whole or not at all. What is there already has the same content."""
    try:
        if isinstance(default_storage, FileSystemStorage):
            _move(staged, Path(default_storage.location, name))  # The name is of our own making.
        elif not default_storage.exists(name):
            with staged.open("rb") as file:
                default_storage.save(name, File(file))
    except OSError as error:
        raise takes_no_more(error) from error


def takes_no_more(error: OSError) -> ServiceUnavailable:
    """The refusal for a storage that is full or away."""
    return ServiceUnavailable(
        f"The picture storage takes no more files ({error.strerror or error}). Free some space, then run it again."
    )


@contextmanager
def making(name: str) -> Iterator[Path]:
    """A place to make the file in; then it is stored under its name, or gone when something goes wrong."""
    staged = staging_folder() / f"{uuid4().hex}{Path(name).suffix}"
    try:
        yield staged
        store_file(name=name, staged=staged)
    finally:
        staged.unlink(missing_ok=True)


def flush_storage() -> None:
    """Every file that was stored is on the disk, names too, also after a power cut. One call for many files: it flushes the
    file system that they lie on. An object store has them when `store_file` returns."""
    if isinstance(default_storage, FileSystemStorage):
        descriptor = os.open(default_storage.location, os.O_RDONLY)
        try:
            if _LIBC.syncfs(descriptor):
                error = ctypes.get_errno()
                raise ServiceUnavailable(f"The picture storage cannot be written ({os.strerror(error)}).")
        finally:
            os.close(descriptor)


def _move(staged: Path, target: Path) -> None:
    try:
        staged.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)


def local_rendition(*, sha256: str, size: str) -> Path:
    """A path of the rendition that programs on this machine can open."""
    return local_path(rendition_name(sha256=sha256, size=size))


def local_path(name: str) -> Path:
    """A path of the file in the storage that programs on this machine can open; fetched once when the storage is elsewhere."""
    if isinstance(default_storage, FileSystemStorage):
        return Path(default_storage.path(name))
    path = Path(settings.CAPTIONER_CACHE) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        with default_storage.open(name) as remote, partial.open("wb") as local:
            shutil.copyfileobj(remote, local)
        partial.replace(path)
    return path
