"""Files of projects that never came to be, because the process that was making them was killed."""

from typing import Any

from django.db import transaction

from annotation_server.models import Project
from annotation_server.releases.project_files import remove_project_files
from annotation_server.rules.locks import hold_project


def remove_unless_stored(files: list[dict[str, Any]]) -> None:
    """Remove them (remove_project_files' arguments) unless the project is there after all. Who makes one holds it."""
    for one in files:
        with transaction.atomic():
            hold_project(project_id=one["project_id"])
            if not Project.objects.filter(pk=one["project_id"]).exists():
                remove_project_files(**one)
