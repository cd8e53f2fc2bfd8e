"""Sources in S3-compatible storage, as s3://BUCKET/PREFIX (exports: remote_release.py). Needs the extra `storage`; keys and
endpoint are found as boto3 finds them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …)."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from annotation_server.errors import (
    InvalidSettings,
    ServiceUnavailable,
    UnknownFormat,
    UnreadableSource,
)
from annotation_server.formats import hub
from annotation_server.formats.pictures import staging_folder

SCHEME = "s3://"
AT_ONCE = 16


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
    bucket, prefix = place_of(source)
    with plain_refusals():
        names = names_below(bucket, prefix)
        if not names:
            raise UnreadableSource(f"There is nothing at {source}.")
        at_once(lambda name: _download(bucket, name, into / _below(name, prefix)), names)
    return into / PurePosixPath(prefix).name if names == [prefix] else into


def place_of(address: str) -> tuple[Any, str]:
    """The bucket and the prefix without slashes at its ends."""
    parts = urlsplit(address)
    if not parts.netloc:
        raise InvalidSettings(f"'{address}' names no bucket: write s3://BUCKET/PREFIX.")
    try:
        import boto3
        from boto3.s3.transfer import TransferConfig
        from botocore.config import Config
    except ImportError as error:
        raise UnknownFormat("s3:// needs the Python package boto3. Install the extra `storage`.") from error
    configuration = Config(max_pool_connections=AT_ONCE + TransferConfig().max_concurrency)
    return boto3.resource("s3", config=configuration).Bucket(parts.netloc), parts.path.strip("/")


def at_once(work: Callable[[str], None], names: Iterable[str]) -> None:
    """Do it with every name, with AT_ONCE of them at a time: what an object store takes for one file is mostly waiting. What
    the first one raises that fails is raised, when those that were begun have ended; no further ones are begun."""
    begun: set[Future[None]] = set()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="s3") as pool:
        for name in names:
            if len(begun) == AT_ONCE:
                ended, begun = wait(begun, return_when=FIRST_COMPLETED)
                for one in ended:
                    one.result()
            begun.add(pool.submit(work, name))
    for one in begun:
        one.result()


def names_below(bucket: Any, prefix: str, *, limit: int | None = None) -> list[str]:
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
    bucket.meta.client.download_file(bucket.name, name, str(to))


@contextmanager
def _working_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="import-s3-", dir=staging_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def plain_refusals() -> Iterator[None]:
    """What the storage answers, in one line."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise ServiceUnavailable(f"The S3 storage refused ({str(error)[:300]}).") from error
