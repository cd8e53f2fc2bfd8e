"""Sources in S3-compatible storage, as s3://BUCKET/PREFIX (exports: remote_release.py). Needs the extra `storage`; keys and
endpoint are found as boto3 finds them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …)."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from annotation_server.errors import (
    InvalidSettings,
    ServiceUnavailable,
    UnknownFormat,
    UnreadableSource,
)
from annotation_server.formats import hub
from annotation_server.formats.allowance import Allowance
from annotation_server.formats.at_once import AT_ONCE, at_once
from annotation_server.formats.packed import is_packed, root_of, unpack_source
from annotation_server.formats.pictures import staging_folder
from annotation_server.formats.trees import remove_tree
from annotation_server.formats.unpacked import Unpacked

SCHEME = "s3://"
# A prefix may hold any sign, also # and ?, which mean something in other addresses.
ADDRESS = re.compile(r"s3://([A-Za-z0-9][A-Za-z0-9._-]*)(?:/(.*))?", re.DOTALL)
READ_SECONDS = 30


@contextmanager
def local_source(source: str, *, left_out: Unpacked) -> Iterator[str]:
    """The source itself where it is a path; otherwise a copy of it, which is gone afterwards. What is left out of it is told to
    `left_out`. For the server's owner, whose keys and tokens go along. Raises UnreadableSource."""
    if not source.startswith((hub.SCHEME, SCHEME)):
        yield source
        return
    with working_folder() as folder:
        allowance = allowance_for(folder)
        if source.startswith(hub.SCHEME):
            found = hub.download_dataset(
                source, into=folder, allowance=allowance, with_token=True, left_out=left_out
            )
        else:
            found = download_source(source, into=folder, allowance=allowance)
        yield str(found)


@contextmanager
def unpacked_source(path: str, *, left_out: Unpacked, tell: Callable[[int, int], None]) -> Iterator[str]:
    """What is in it where it is an archive of files, which is gone afterwards; otherwise itself. Raises UnreadableSource,
    ServiceUnavailable, and what `tell` raises."""
    if "\x00" in path or not is_packed(Path(path)):
        yield path
        return
    with working_folder() as folder:
        left_out.add(unpack_source(archive=Path(path), to=folder, tell=tell))
        yield str(root_of(folder))


def allowance_for(folder: Path, tell: Callable[[int, int], None] = lambda done, total: None) -> Allowance:
    """What a source of an import may cost, by the settings."""
    return Allowance(
        folder=folder,
        byte_limit=settings.IMPORT_SOURCE_LIMIT,
        file_limit=settings.IMPORT_FILES_LIMIT,
        tell=tell,
    )


def download_source(source: str, *, into: Path, allowance: Allowance) -> Path:
    """Copy s3://BUCKET/PREFIX into the empty folder; returns the object's file, or the folder of those below the prefix.
    Raises UnreadableSource, ServiceUnavailable, and what the allowance's `tell` raises."""
    bucket, prefix = place_of(source)
    with plain_refusals():
        wanted = _listed(bucket, prefix, allowance)
        if not wanted:
            raise UnreadableSource(f"There is nothing at {source}.")
        allowance.start()

        def download(name: str) -> None:
            _download(bucket, name, size=wanted[name], to=into / _below(name, prefix), allowance=allowance)

        at_once(allowance.ended_by(download), wanted, meanwhile=allowance.report)
    return into / PurePosixPath(prefix).name if list(wanted) == [prefix] else into


def place_of(address: str) -> tuple[Any, str]:
    """The bucket and the prefix without slashes at its ends."""
    name, prefix = bucket_and_prefix(address)
    try:
        import boto3
        from boto3.s3.transfer import TransferConfig
        from botocore.config import Config
    except ImportError as error:
        raise UnknownFormat("s3:// needs the Python package boto3. Install the extra `storage`.") from error
    configuration = Config(
        max_pool_connections=AT_ONCE + TransferConfig().max_concurrency,
        connect_timeout=READ_SECONDS,
        read_timeout=READ_SECONDS,
    )
    return boto3.resource("s3", config=configuration).Bucket(name), prefix


def bucket_and_prefix(address: str) -> tuple[str, str]:
    """The bucket's name, and the prefix without slashes at its ends. Raises InvalidSettings."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise InvalidSettings(f"'{address}' names no bucket: write s3://BUCKET/PREFIX.")
    return found[1], (found[2] or "").strip("/")


def names_below(bucket: Any, prefix: str, *, limit: int | None = None) -> list[str]:
    """What lies at the prefix: the object of that name, or those below it."""
    return [name for name, _ in _objects_below(bucket, prefix, limit)]


def _objects_below(bucket: Any, prefix: str, limit: int | None = None) -> Iterator[tuple[str, int]]:
    """With their sizes."""
    found = bucket.objects.filter(Prefix=prefix)
    inside = f"{prefix.rstrip('/')}/" if prefix else ""
    for one in found.limit(limit) if limit else found:
        if not one.key.endswith("/") and (one.key == prefix or one.key.startswith(inside)):
            yield one.key, one.size


def _listed(bucket: Any, prefix: str, allowance: Allowance) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for name, size in _objects_below(bucket, prefix):
        allowance.list_file(size)
        wanted[name] = size
    return wanted


def _below(name: str, prefix: str) -> PurePosixPath:
    """The object's path below the prefix. A name that would lead out of it is refused."""
    path = PurePosixPath(
        PurePosixPath(prefix).name if name == prefix else name.removeprefix(prefix).lstrip("/")
    )
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableSource(f"The object '{name}' has a name that leads out of its folder.")
    return path


def _download(bucket: Any, name: str, *, size: int, to: Path, allowance: Allowance) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    bucket.meta.client.download_file(bucket.name, name, str(to), Callback=allowance.take)
    if to.stat().st_size != size:
        raise UnreadableSource(f"'{name[:200]}' is not {size:,} bytes long, as the storage's listing says.")


@contextmanager
def working_folder() -> Iterator[Path]:
    """On the disk of the pictures; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="import-source-", dir=staging_folder()))
    try:
        yield folder
    finally:
        remove_tree(folder)


@contextmanager
def plain_refusals() -> Iterator[None]:
    """What the storage answers, in one line."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise ServiceUnavailable(f"The S3 storage refused ({str(error)[:300]}).") from error
