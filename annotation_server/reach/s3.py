"""S3-compatible storage: buckets and what lies in them, as s3://BUCKET/PREFIX. Needs the extra `storage`; keys and
endpoint are found as boto3 finds them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from annotation_server.errors import InvalidSettings, ServiceUnavailable, UnknownFormat
from annotation_server.reach.at_once import AT_ONCE

SCHEME = "s3://"
# A prefix may hold any sign, also # and ?, which mean something in other addresses.
ADDRESS = re.compile(r"s3://([A-Za-z0-9][A-Za-z0-9._-]*)(?:/(.*))?", re.DOTALL)
READ_SECONDS = 30


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
    return [name for name, _ in objects_below(bucket, prefix, limit)]


def objects_below(bucket: Any, prefix: str, limit: int | None = None) -> Iterator[tuple[str, int]]:
    """With their sizes."""
    found = bucket.objects.filter(Prefix=prefix)
    inside = f"{prefix.rstrip('/')}/" if prefix else ""
    for one in found.limit(limit) if limit else found:
        if not one.key.endswith("/") and (one.key == prefix or one.key.startswith(inside)):
            yield one.key, one.size


@contextmanager
def plain_refusals() -> Iterator[None]:
    """What the storage answers, in one line."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise ServiceUnavailable(f"The S3 storage refused ({str(error)[:300]}).") from error
