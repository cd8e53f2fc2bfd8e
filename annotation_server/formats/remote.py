"""Sources and exports in S3-compatible storage, as s3://BUCKET/PREFIX. Needs the extra `storage`; keys and endpoint are found
as boto3 finds them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …)."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from annotation_server.errors import (
    FolderNotEmpty,
    InvalidSettings,
    ServiceUnavailable,
    UnknownFormat,
    UnreadableSource,
)
from annotation_server.formats import hub
from annotation_server.formats.pictures import staging_folder
from annotation_server.formats.release import MANIFEST

SCHEME = "s3://"


@contextmanager
def local_source(source: str) -> Iterator[str]:
    """The source itself where it is a path; otherwise a copy of it, which is gone afterwards. Raises UnreadableSource."""
    if source.startswith(hub.SCHEME):
        with _working_folder() as folder:
            yield str(hub.download_dataset(source, into=folder))
    elif source.startswith(SCHEME):
        with _working_folder() as folder:
            yield str(download_source(source, into=folder))
    else:
        yield source


def download_source(source: str, *, into: Path) -> Path:
    """Copy s3://BUCKET/PREFIX into the empty folder; returns the object's file, or the folder of those below the prefix.
    Raises UnreadableSource, ServiceUnavailable."""
    bucket, prefix = _place(source)
    with _plain_refusals():
        names = _names(bucket, prefix)
        if not names:
            raise UnreadableSource(f"There is nothing at {source}.")
        for name in names:
            _download(bucket, name, into / _below(name, prefix))
    return into / PurePosixPath(prefix).name if names == [prefix] else into


@contextmanager
def remote_release(address: str) -> Iterator[Path]:
    """A folder to write into, uploaded at the end with the manifest last: without it, it is no export. Raises
    FolderNotEmpty, ServiceUnavailable."""
    bucket, prefix = _place(address)
    with _working_folder() as folder, _plain_refusals():
        if _names(bucket, f"{prefix}/" if prefix else "", limit=1):
            raise FolderNotEmpty(f"{address} is not empty. Choose a new prefix for the export.")
        yield folder
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        for path in sorted(files, key=lambda path: path == folder / MANIFEST):
            name = path.relative_to(folder).as_posix()
            bucket.upload_file(str(path), f"{prefix}/{name}" if prefix else name)


def _place(address: str) -> tuple[Any, str]:
    """The bucket and the prefix without slashes at its ends."""
    parts = urlsplit(address)
    if not parts.netloc:
        raise InvalidSettings(f"'{address}' names no bucket: write s3://BUCKET/PREFIX.")
    try:
        import boto3
    except ImportError as error:
        raise UnknownFormat("s3:// needs the Python package boto3. Install the extra `storage`.") from error
    return boto3.resource("s3").Bucket(parts.netloc), parts.path.strip("/")


def _names(bucket: Any, prefix: str, *, limit: int | None = None) -> list[str]:
    """What lies at the prefix: the object of that name, or those below it."""
    found = bucket.objects.filter(Prefix=prefix)
    names = [one.key for one in (found.limit(limit) if limit else found) if not one.key.endswith("/")]
    inside = f"{prefix.rstrip('/')}/" if prefix else ""
    return [name for name in names if name == prefix or name.startswith(inside)]


def _below(name: str, prefix: str) -> PurePosixPath:
    """The object's path below the prefix. A name that would lead out of it is refused."""
    path = PurePosixPath(
        PurePosixPath(prefix).name if name == prefix else name.removeprefix(prefix).lstrip("/")
    )
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableSource(f"The object '{name}' has a name that leads out of its folder.")
    return path


def _download(bucket: Any, name: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    bucket.download_file(name, str(to))


@contextmanager
def _working_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="import-s3-", dir=staging_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """What the storage answers, in one line."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise ServiceUnavailable(f"The S3 storage refused ({str(error)[:300]}).") from error
