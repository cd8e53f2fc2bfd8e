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
from annotation_server.files.checksums import EXPORT_MANIFEST, sha256_of
from annotation_server.files.checksums import names_below as local_names
from annotation_server.formats.writers.parts import Parts
from annotation_server.pictures.storage import staging_folder
from annotation_server.reach.at_once import at_once
from annotation_server.reach.s3 import names_below as remote_names
from annotation_server.reach.s3 import place_of, plain_refusals
from annotation_server.releases.release import partial_release

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
    if remote_names(bucket, inside, limit=1) and _marked(bucket, inside) != key:
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
    there = set(remote_names(bucket, inside))
    left = set(there)

    def put(name: str) -> None:
        _put(bucket, f"{inside}{name}", folder / name, is_there=f"{inside}{name}" in there)

    def names() -> Iterator[str]:
        for name in local_names(folder):
            left.discard(f"{inside}{name}")
            if name != EXPORT_MANIFEST:
                yield name

    at_once(put, names())
    put(EXPORT_MANIFEST)
    client = bucket.meta.client
    at_once(lambda name: client.delete_object(Bucket=bucket.name, Key=name), left)


def _put(bucket: Any, key: str, path: Path, *, is_there: bool) -> None:
    """The client may be shared by threads; a resource may not."""
    from boto3.s3.transfer import TransferConfig

    client, sha256 = bucket.meta.client, sha256_of(path)
    if is_there and client.head_object(Bucket=bucket.name, Key=key)["Metadata"].get(SHA256) == sha256:
        return
    config = TransferConfig()
    # Threads of its own only where it goes in parts.
    config.use_threads = path.stat().st_size >= config.multipart_threshold
    client.upload_file(str(path), bucket.name, key, ExtraArgs={"Metadata": {SHA256: sha256}}, Config=config)
