"""Exports to S3-compatible storage: made on this machine, then uploaded, the manifest last: without it, it is no export.

A marker lies beside the files until then. It names what is exported, so that an upload that was killed is gone on with by the
same export, which leaves alone the files that arrived.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from annotation_server.errors import FolderNotEmpty
from annotation_server.formats.pictures import staging_folder
from annotation_server.formats.release import MANIFEST, partial_release, sha256_of
from annotation_server.formats.remote import names_below, place_of, plain_refusals
from annotation_server.formats.writers.parts import Parts

MARKER = ".unfinished"
# Of an object's metadata: what it holds, which its ETag does not tell of large ones.
SHA256 = "sha256"


@contextmanager
def remote_release(address: str, *, key: str) -> Iterator[Parts]:
    """Parts to write into, uploaded at the end. Raises FolderNotEmpty, ServiceUnavailable."""
    bucket, prefix = place_of(address)
    inside = f"{prefix}/" if prefix else ""
    with plain_refusals():
        _begin(bucket, inside, address=address, key=key)
        local = staging_folder() / f"export-{hashlib.sha256(address.encode()).hexdigest()[:16]}"
        with partial_release(local) as (partial, left):
            with closing(Parts(partial=partial, left=left, key=key)) as parts:
                yield parts
            _upload(bucket, inside, parts.folder)


def _begin(bucket: Any, inside: str, *, address: str, key: str) -> None:
    """Put the marker there. What is there already must be of the same export; what it left half-uploaded goes."""
    if names_below(bucket, inside, limit=1) and _marked(bucket, inside) != key:
        raise FolderNotEmpty(f"{address} is not empty. Choose a new prefix for the export.")
    client = bucket.meta.client
    for found in client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket.name, Prefix=inside):
        for upload in found.get("Uploads", []):
            client.abort_multipart_upload(Bucket=bucket.name, Key=upload["Key"], UploadId=upload["UploadId"])
    bucket.put_object(Key=f"{inside}{MARKER}", Body=key.encode())


def _marked(bucket: Any, inside: str) -> str:
    client = bucket.meta.client
    try:
        found: bytes = client.get_object(Bucket=bucket.name, Key=f"{inside}{MARKER}")["Body"].read()
    except client.exceptions.NoSuchKey:
        return ""
    return found.decode()


def _upload(bucket: Any, inside: str, folder: Path) -> None:
    """Every file that is not there yet; the manifest last. What an earlier attempt put there and this one has not, goes."""
    there = set(names_below(bucket, inside))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path == folder / MANIFEST):
        name = f"{inside}{path.relative_to(folder).as_posix()}"
        sha256 = sha256_of(path)
        if name not in there or bucket.Object(name).metadata.get(SHA256) != sha256:
            bucket.upload_file(str(path), name, ExtraArgs={"Metadata": {SHA256: sha256}})
        there.discard(name)
    for name in there:
        bucket.Object(name).delete()
