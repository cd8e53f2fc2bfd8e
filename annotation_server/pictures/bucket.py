"""The bucket that pictures are kept in, where the settings name one."""

from typing import Any

from django.core.files.storage import default_storage

from annotation_server.errors import InvalidSettings, ServiceUnavailable


def make_bucket() -> str:
    """Make it unless it is there, and give its name. Raises InvalidSettings, ServiceUnavailable."""
    name: str | None = getattr(default_storage, "bucket_name", None)
    if name is None:
        raise InvalidSettings(
            "Pictures are kept on this machine: set MEDIA_S3_BUCKET to keep them in a bucket."
        )
    from botocore.exceptions import BotoCoreError, ClientError

    client: Any = default_storage.connection.meta.client  # type: ignore[attr-defined]  # an S3Storage by now
    try:
        if name not in {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}:
            client.create_bucket(Bucket=name)
    except (BotoCoreError, ClientError) as error:
        raise ServiceUnavailable(f"The S3 storage refused ({str(error)[:300]}).") from error
    return name
