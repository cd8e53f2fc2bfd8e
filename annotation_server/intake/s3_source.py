"""Sources in S3-compatible storage, copied from there within what a source may cost."""

from pathlib import Path, PurePosixPath
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.files.allowance import Allowance
from annotation_server.reach.at_once import at_once
from annotation_server.reach.s3 import objects_below, place_of, plain_refusals


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


def _listed(bucket: Any, prefix: str, allowance: Allowance) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for name, size in objects_below(bucket, prefix):
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
