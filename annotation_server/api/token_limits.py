"""What a token may be used for, beside what its person may do: its scope, and its project.

Every route is looked at before its view: what is not listed here needs the scope `admin`, and where a project cannot be told
the token of one project is refused. So a new route is closed to limited tokens until somebody opens it.
"""

from typing import Any

from django.db.models import Model
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotation_server.choices import TokenScope
from annotation_server.errors import NotAllowed, NotFound
from annotation_server.models import (
    ApiToken,
    Archive,
    Caption,
    CaptionerRun,
    Export,
    Image,
    Import,
    Job,
    Project,
    Round,
    Task,
)

RANK = {TokenScope.READ: 1, TokenScope.ANNOTATE: 2, TokenScope.REVIEW: 3, TokenScope.ADMIN: 4}
ANNOTATING = {
    *("round-claim", "task-working-copy", "task-submit", "task-undo"),
    *("task-skip", "task-flag", "task-release"),
    *("guidelines-seen", "practised"),
}
BY_PEOPLE_ALONE = ("api-token", "person-sign-in-link")
REVIEWING = {"task-review", "round-adjudication"}
OF_NO_PROJECT = {"schema", "session", "export-formats"}
PROJECTS_OF: dict[str, tuple[type[Model], str]] = {
    "round": (Round, "project"),
    "task": (Task, "round__project"),
    "image": (Image, "project"),
    "caption": (Caption, "task__round__project"),
    "captionerrun": (CaptionerRun, "project"),
    "job": (Job, "project"),
    "export": (Export, "project"),
    "import": (Import, "project"),
    "archive": (Archive, "project"),
    "archiveimport": (Import, "project"),
}


class WithinTokenLimits(BasePermission):
    """For whoever comes without a token there is nothing to check here."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises NotAllowed, or NotFound for another project's object."""
        token = request.auth
        if isinstance(token, ApiToken):
            name = request.resolver_match.url_name or "" if request.resolver_match else ""
            _refuse_beyond_scope(token, name, request)
            if token.project_id is not None and name not in OF_NO_PROJECT:
                _refuse_other_projects(token, name, request)
        return True


def _refuse_beyond_scope(token: ApiToken, name: str, request: Request) -> None:
    if name.startswith(BY_PEOPLE_ALONE):
        raise NotAllowed("Tokens and sign-in links are made by people: sign in with a browser.")
    needed = _scope_for(name, request.method or "")
    if RANK[TokenScope(token.scope)] < RANK[needed]:
        raise NotAllowed(f"This token's scope is '{token.scope}'; this needs '{needed}'. Make another token.")


def _scope_for(name: str, method: str) -> TokenScope:
    if method in SAFE_METHODS:
        return TokenScope.READ
    if name in ANNOTATING:
        return TokenScope.ANNOTATE
    return TokenScope.REVIEW if name in REVIEWING else TokenScope.ADMIN


def _refuse_other_projects(token: ApiToken, name: str, request: Request) -> None:
    asked = _project_asked_for(name, request)
    if asked is None:
        raise NotAllowed("This token is for one project: ask for what is in it, or name it with ?project=.")
    if asked != token.project_id:
        raise NotFound("There is no such object, or this token is not for its project.")


def _project_asked_for(name: str, request: Request) -> int | None:
    """The id of the project that the request is about, -1 for one that is not there; None where that cannot be told."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    noun = name.partition("-")[0]
    if name == "project-list":  # it lists all of the person's projects, whatever is asked for
        return None
    if "slug" in kwargs:
        return _of_slug(kwargs["slug"])
    if "pk" in kwargs and noun in PROJECTS_OF:
        return _of_object(noun, kwargs["pk"])
    given = request.query_params if request.method in SAFE_METHODS else request.data
    if not isinstance(given, dict):
        return None
    if isinstance(slug := given.get("project"), str) and slug:
        return _of_slug(slug)
    return _of_object("round", given["round"]) if name == "export-list" and "round" in given else None


def _of_slug(slug: str) -> int:
    found = Project.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return -1 if found is None else found


def _of_object(noun: str, key: Any) -> int:
    """Keys that are none (the view refuses them) are nobody's."""
    model, path = PROJECTS_OF[noun]
    try:
        found = model._default_manager.filter(pk=key).values_list(path, flat=True).first()
    except (TypeError, ValueError):
        return -1
    return -1 if found is None else int(found)
