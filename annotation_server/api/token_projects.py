"""Where the project of a call is: said beside each view as `project_at`, and by nothing that the caller adds.

A view, or an action of a view set, that does not say it is closed to tokens of one project.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from rest_framework.request import Request

from annotation_server.models import Project, User

# Of a project's id, or NOBODYS for one that is not there; None where the call is of no one project.
Place = Callable[[Request], int | None]
# By the action of a view set, or the verb of a view, in small letters; "*" is for all others.
Places = Place | Mapping[str, Place]

NOBODYS = -1


def closed(request: Request) -> int | None:
    """No token of one project gets in."""
    return None


def own_rows(request: Request) -> int | None:
    """The rows are chosen by queries/people/membership.py, which knows the token's project: it gets those of its own."""
    return request.user.token_project_id if isinstance(request.user, User) else None


def no_project(request: Request) -> int | None:
    """Nothing of a project is in the answer, so every token may have it."""
    return own_rows(request)


def in_address(request: Request) -> int | None:
    """The slug in the path."""
    return _of_slug(_places(request)["slug"])


def of_object(model: type[Model], path: str = "project") -> Place:
    """The project (reached by `path`) of the object whose id is in the path."""

    def place(request: Request) -> int | None:
        key = _places(request).get("pk")
        return None if key is None else _of_object(model, path, key)

    return place


def in_body(field: str) -> Place:
    """The slug in this field of the body, which is where the view itself takes it from."""

    def place(request: Request) -> int | None:
        given = request.data.get(field) if isinstance(request.data, dict) else None
        return _of_slug(given) if isinstance(given, str) and given else None

    return place


def of_object_in_body(field: str, model: type[Model], path: str = "project") -> Place:
    """The project of the object whose id is in this field of the body."""

    def place(request: Request) -> int | None:
        given = request.data.get(field) if isinstance(request.data, dict) else None
        return None if given is None else _of_object(model, path, given)

    return place


def place_of(view: Any, verb: str) -> Place:
    """What the view says of this call; `closed` where it says nothing."""
    said: Places = getattr(type(view), "project_at", closed)
    if not isinstance(said, Mapping):
        return said
    called = getattr(view, "action", None) or verb.lower()
    return said.get(called) or said.get("*", closed)


def _places(request: Request) -> dict[str, Any]:
    return request.resolver_match.kwargs if request.resolver_match else {}


def _of_slug(slug: str) -> int:
    # Whose it is, is what is asked.
    # nosemgrep: no-bare-key
    found = Project.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return NOBODYS if found is None else found


def _of_object(model: type[Model], path: str, key: Any) -> int:
    """Keys that are none (the view refuses them) are nobody's."""
    try:
        found = model._default_manager.filter(pk=key).values_list(path, flat=True).first()
    except (TypeError, ValueError, ArithmeticError):
        return NOBODYS
    return NOBODYS if found is None else int(found)
