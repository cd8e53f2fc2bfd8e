"""Archives that an owner of the site brings in: whole projects, of this server or of another one."""

from django.db import models
from django.db.models import Q

from annotation_server.models.upload import Upload


class ArchiveImport(Upload):
    """The archive of a project that is not there yet. `slug` is what it is to be called here; `confirmed` says who of its
    people has an account here, by username, with the role that was shown. Both are empty until it is started."""

    slug = models.CharField(max_length=60, blank=True)
    confirmed = models.JSONField(default=dict)

    class Meta(Upload.Meta):
        db_table = "archive_import"
        constraints = [
            models.CheckConstraint(name="archive_import_is_an_upload", condition=~Q(file_name="")),
            models.CheckConstraint(
                name="archive_import_receives_what_it_said", condition=Q(received__lte=models.F("byte_count"))
            ),
        ]
