"""Somebody names the address of a source, and a worker fetches it."""

from django.db import transaction

from annotation_server.errors import InvalidSettings
from annotation_server.intake.addresses import refuse_address
from annotation_server.models import Import, Project, User
from annotation_server.rules.uploads import queue_inspection
from annotation_server.texts.text import refuse_unstorable

ADDRESS_LIMIT = 4_000


def import_address(*, project: Project, address: str, requested_by: User) -> Import:
    """An import from an address: a worker fetches it, then looks into it. Raises InvalidSettings, InvalidText."""
    refuse_unstorable(address)
    if len(address) > ADDRESS_LIMIT:
        raise InvalidSettings(f"The address is longer than {ADDRESS_LIMIT:,} characters.")
    refuse_address(address)
    with transaction.atomic():
        made = Import.objects.create(project=project, address=address, requested_by=requested_by)
        queue_inspection(made)
    return made
