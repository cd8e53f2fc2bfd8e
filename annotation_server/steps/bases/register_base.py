"""An owner of the site registers a pre-trained captioner; a worker of the captioner looks into it."""

import re

from django.db import IntegrityError, transaction

from annotation_server import audit, jobs
from annotation_server.choices import JobKind
from annotation_server.errors import InvalidSettings, NotFound
from annotation_server.models import BaseCheckpoint, User
from annotation_server.places import base_folder
from annotation_server.texts.text import COMMENT_LIMIT, as_typed

NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._-]{0,79}", re.ASCII)
REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*(@[\w-][\w./-]*)?", re.ASCII)


def register_base(
    *, name: str, folder: str = "", repository: str = "", note: str = "", registered_by: User | None
) -> BaseCheckpoint:
    """A folder below CAPTIONER_BASES, or a repository of the hub, which the worker fetches. Raises InvalidSettings,
    InvalidText."""
    if not NAME.fullmatch(name):
        raise InvalidSettings(
            "Give the base a name of letters, digits, spaces and . _ - that begins with a letter or digit (80 at most)."
        )
    if bool(folder) == bool(repository):
        raise InvalidSettings(
            "Say where the base is: a folder below CAPTIONER_BASES, or a repository of the hub."
        )
    if folder:
        refuse_outside(folder)
    elif not REPOSITORY.fullmatch(repository) or len(repository) > 250:
        raise InvalidSettings("Name the repository as OWNER/NAME or OWNER/NAME@REVISION.")
    said = as_typed(text=note, limit=COMMENT_LIMIT)
    try:
        with transaction.atomic():
            base = BaseCheckpoint.objects.create(
                name=name, folder=folder, repository=repository, note=said, registered_by=registered_by
            )
            jobs.enqueue(
                kind=JobKind.INSPECT_BASE,
                project=None,
                requested_by=registered_by,
                parameters={"base": base.pk},
            )
            audit.record(
                actor=registered_by,
                verb="base.registered",
                subject=base,
                project=None,
                after={"name": name, "folder": folder, "repository": repository},
            )
    except IntegrityError as error:
        raise InvalidSettings(f"There is a base '{name}' already. Choose another name.") from error
    return base


def refuse_outside(folder: str) -> None:
    """Raises InvalidSettings for a folder that is not below CAPTIONER_BASES, links followed."""
    try:
        base_folder(folder)
    except NotFound as error:
        raise InvalidSettings(error.message) from error
