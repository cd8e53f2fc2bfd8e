"""A source at an address, brought onto this server: http(s) from the public network only, hf a dataset of the hub, s3 from the
buckets that the server's owner allows (its keys may reach more than the person who asks)."""

from ipaddress import ip_network
from pathlib import Path

from django.conf import settings

from annotation_server.errors import InvalidSettings, UnreadableImage, UnreadableSource
from annotation_server.files.time_limit import TimeLimit
from annotation_server.intake import hub
from annotation_server.intake.local_copy import allowance_for
from annotation_server.intake.s3_source import download_source
from annotation_server.intake.unpacked import Unpacked
from annotation_server.intake.upload_files import safe_name
from annotation_server.progress import Progress
from annotation_server.reach.fetch import FetchLimits, fetch
from annotation_server.reach.guarded import checked_url
from annotation_server.reach.s3 import SCHEME, bucket_and_prefix

SECONDS_LIMIT = 12 * 3600.0
HTTP = ("http://", "https://")


def refuse_address(address: str) -> None:
    """Raises InvalidSettings, AddressRefused for what cannot be brought in, before a job is made of it."""
    if address.startswith(SCHEME):
        bucket, _ = bucket_and_prefix(address)
        if bucket not in settings.IMPORT_S3_BUCKETS:
            raise InvalidSettings(
                f"The bucket '{bucket}' is none that people may import from. The server's owner names them in "
                "IMPORT_S3_BUCKETS."
            )
    elif address.startswith(hub.SCHEME):
        hub.refuse_name(address)
    elif address.lower().startswith(HTTP):
        checked_url(address)
    else:
        raise InvalidSettings(
            "Write an address that starts with https://, http://, hf:// or s3://. Files of the server itself are imported by "
            "its owner: manage.py import_images."
        )


def may_use_token(*, address: str, by_owner: bool) -> bool:
    """Whether the server's own HF_TOKEN goes along: it may read more than the person who asks."""
    repository = hub.repository_of(address)
    owner = f"{repository.partition('/')[0]}/*"
    return by_owner or bool({repository, owner} & set(settings.IMPORT_HF_REPOSITORIES))


def bring_in(
    *,
    address: str,
    folder: Path,
    by_owner: bool,
    time_limit: TimeLimit,
    left_out: Unpacked,
    progress: Progress,
) -> Path:
    """Fetch the source into the empty folder; returns where it lies. `by_owner`: an owner of the site asked for it. Raises
    InvalidSettings, UnreadableSource, ServiceUnavailable, TookTooLong, and what `progress` raises."""
    refuse_address(address)
    allowance = allowance_for(folder, progress)
    if address.startswith(SCHEME):
        return download_source(address, into=folder, allowance=allowance)
    if address.startswith(hub.SCHEME):
        return hub.download_dataset(
            address,
            into=folder,
            allowance=allowance,
            with_token=may_use_token(address=address, by_owner=by_owner),
            left_out=left_out,
        )
    path = folder / safe_name(checked_url(address).path)
    limits = FetchLimits(
        seconds=min(SECONDS_LIMIT, time_limit.seconds_left),
        byte_count=settings.IMPORT_SOURCE_LIMIT,
        allowed=[ip_network(network) for network in settings.IMPORT_ALLOWED_NETWORKS],
        accept="*/*",
        progress=allowance.of_one_file,
    )
    try:
        fetch(url=address, to=path, limits=limits)
    except UnreadableImage as refusal:
        time_limit.check()
        raise UnreadableSource(refusal.message) from refusal
    return path
