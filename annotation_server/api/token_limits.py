"""What a token may be used for, beside what its person may do: its scope, and its project.

Every route is looked at before its view: a write that is not listed here needs the scope `admin`, and where a project cannot be
told (see token_projects.py) the token of one project is refused. So a new route is closed to limited tokens until somebody
opens it. What gives a way in to a person or a program is for people alone: a view says so by `by_people`.
"""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotation_server.api.token_projects import place_of
from annotation_server.choices import TokenScope
from annotation_server.errors import NotAllowed, NotFound
from annotation_server.models import ApiToken

RANK = {TokenScope.READ: 1, TokenScope.ANNOTATE: 2, TokenScope.REVIEW: 3, TokenScope.ADMIN: 4}
ANNOTATING = {
    *("round-claim", "task-working-copy", "task-submit", "task-undo"),
    *("task-skip", "task-flag", "task-release"),
    *("guidelines-seen", "practised"),
}
REVIEWING = {"task-review", "round-adjudication"}


class WithinTokenLimits(BasePermission):
    """For whoever comes without a token there is nothing to check here."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises NotAllowed, or NotFound for another project's object."""
        token = request.auth
        if isinstance(token, ApiToken):
            verb = request.method or ""
            if verb in getattr(view, "by_people", ()):
                refuse_tokens(request)
            _refuse_beyond_scope(token, request, verb)
            if token.project_id is not None:
                _refuse_other_projects(token, place_of(view, verb)(request))
        return True


def refuse_tokens(request: Request) -> None:
    """For what only a person may do, where that depends on the body. Raises NotAllowed for a token."""
    if isinstance(request.auth, ApiToken):
        raise NotAllowed(
            "Tokens, secrets, sessions, invitations, roles and links are for people: sign in with a browser."
        )


def _refuse_beyond_scope(token: ApiToken, request: Request, verb: str) -> None:
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    needed = _scope_for(name, verb)
    if RANK[TokenScope(token.scope)] < RANK[needed]:
        raise NotAllowed(f"This token's scope is '{token.scope}'; this needs '{needed}'. Make another token.")


def _scope_for(name: str, verb: str) -> TokenScope:
    if verb in SAFE_METHODS:
        return TokenScope.READ
    if name in ANNOTATING:
        return TokenScope.ANNOTATE
    return TokenScope.REVIEW if name in REVIEWING else TokenScope.ADMIN


def _refuse_other_projects(token: ApiToken, asked: int | None) -> None:
    if not token.user.is_superuser and token.is_out:
        raise NotAllowed(
            "The person of this token is paused in its project, or no member of it any more. Ask an admin of the project."
        )
    if asked is None:
        raise NotAllowed("This token is for one project, and this is not part of one. Use another token.")
    if asked != token.project_id:
        raise NotFound("There is no such object, or this token is not for its project.")
