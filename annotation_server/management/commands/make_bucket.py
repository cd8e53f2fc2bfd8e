"""manage.py make_bucket: the bucket of MEDIA_S3_BUCKET, made once."""

from typing import Any

from annotation_server.management.base import ServerCommand
from annotation_server.pictures.bucket import make_bucket


class Command(ServerCommand):
    help = "Make the bucket that MEDIA_S3_BUCKET names, unless it is there."

    def run(self, **options: Any) -> None:
        """One step."""
        self.say(f"Pictures are kept in the bucket {make_bucket()}.")
