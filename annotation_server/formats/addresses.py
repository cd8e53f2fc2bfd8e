"""A source at an address, brought onto this server: http(s) from the public network only, hf a dataset of the hub, s3 from the
buckets that the server's owner allows (its keys may reach more than the person who asks)."""

from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from annotation_server.errors import InvalidSettings, UnreadableImage, UnreadableSource
from annotation_server.formats import hub
from annotation_server.formats.fetch import FetchLimits, fetch
from annotation_server.formats.incoming import safe_name
from annotation_server.formats.remote import SCHEME, download_source

SECONDS_LIMIT = 12 * 3600.0
HTTP = ("http://", "https://")


def refuse_address(address: str) -> None:
    """Raises InvalidSettings for what cannot be brought in, before a job is made of it."""
    if address.startswith(SCHEME):
        bucket = urlsplit(address).netloc
        if bucket not in settings.IMPORT_S3_BUCKETS:
            raise InvalidSettings(
                f"The bucket '{bucket}' is none that people may import from. The server's owner names them in "
                "IMPORT_S3_BUCKETS."
            )
    elif address.startswith(hub.SCHEME):
        hub.refuse_name(address)
    elif not address.startswith(HTTP):
        raise InvalidSettings(
            "Write an address that starts with https://, http://, hf:// or s3://. Files of the server itself are imported by "
            "its owner: manage.py import_images."
        )


def bring_in(*, address: str, folder: Path, tell: Callable[[int, int], None]) -> Path:
    """Fetch the source into the empty folder; returns where it lies. Raises InvalidSettings, UnreadableSource,
    ServiceUnavailable, and what `tell(bytes, total)` raises."""
    refuse_address(address)
    if address.startswith(SCHEME):
        return download_source(address, into=folder)
    if address.startswith(hub.SCHEME):
        return hub.download_dataset(address, into=folder)
    path = folder / safe_name(urlsplit(address).path)
    limits = FetchLimits(
        seconds=SECONDS_LIMIT,
        byte_count=settings.IMPORT_SOURCE_LIMIT,
        allowed=[ip_network(network) for network in settings.IMPORT_ALLOWED_NETWORKS],
        accept="*/*",
        tell=tell,
    )
    try:
        fetch(url=address, to=path, limits=limits)
    except UnreadableImage as refusal:
        raise UnreadableSource(refusal.message) from refusal
    return path
