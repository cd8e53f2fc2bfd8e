"""What a body is about, read before anything else in it: a caller who may not do it is told that, not what is wrong with it."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from annotation_server.api.bounded import LARGEST_ID
from annotation_server.api.caller import caller
from annotation_server.choices import Role
from annotation_server.errors import InvalidText, NotAllowed
from annotation_server.models import Round
from annotation_server.queries.people.membership import (
    administered_project,
    has_role_somewhere,
    require_role,
    visible,
)


def require_admin_of_named_project(request: Request) -> None:
    """Raises NotFound, NotAllowed. Where the body names no project, its own checks say so."""
    slug = _named(request, "project")
    if isinstance(slug, str) and slug:
        administered_project(user=caller(request), slug=slug)


def require_admin_of_named_round(request: Request) -> None:
    """The same for the project of the round that it names."""
    key = _named(request, "round")
    if isinstance(key, int) and 0 < key <= LARGEST_ID:
        round = visible(user=caller(request), rows=Round.objects.all(), pk=key)
        require_role(user=caller(request), project_id=round.project_id, role=Role.ADMIN)


def _named(request: Request, name: str) -> Any:
    """Raises NotAllowed for a body that names nothing if the caller could do it nowhere."""
    try:
        given = request.data
        value = given.get(name) if isinstance(given, dict) else None
    except (ParseError, InvalidText):
        _refuse_who_is_admin_nowhere(request)
        raise
    if not value or not isinstance(value, (str, int)):
        _refuse_who_is_admin_nowhere(request)
    return value


def _refuse_who_is_admin_nowhere(request: Request) -> None:
    if not has_role_somewhere(user=caller(request), role=Role.ADMIN):
        raise NotAllowed("Only a project's admin may do this. Ask an admin of the project.")
