"""What a person may see and do: their role in a project, and the objects that follow from it.

An object that the caller may not see answers like one that is not there.
"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from annotation_server.choices import Role
from annotation_server.errors import NotAllowed, NotFound
from annotation_server.models import Membership, Project, User

T = TypeVar("T", bound=Model)

RANK = {Role.ANNOTATOR: 1, Role.REVIEWER: 2, Role.ADMIN: 3}


def role_in(*, user: User, project_id: int) -> Role | None:
    """The caller's role; the site's owner is admin everywhere."""
    if user.is_superuser:
        return Role.ADMIN
    found = Membership.objects.filter(user=user, project_id=project_id).values_list("role", flat=True).first()
    return Role(found) if found else None


def require_role(*, user: User, project_id: int, role: Role) -> Role:
    """The caller's role if it is at least `role`. Raises NotFound for strangers, NotAllowed for lesser roles."""
    has = role_in(user=user, project_id=project_id)
    if has is None:
        raise NotFound("There is no such object, or you are not a member of its project.")
    if RANK[has] < RANK[role]:
        raise NotAllowed(f"Only a project's {role} may do this. Ask an admin of the project.")
    return has


def require_owner(*, user: User) -> None:
    """Raises NotAllowed for everybody but the owners of the site."""
    if not user.is_superuser:
        raise NotAllowed("Only an owner of the site may do this.")


def administered_projects(*, user: User, among: set[int]) -> set[int]:
    """The ids among those whose projects the caller is an admin of."""
    if user.is_superuser:
        return among
    rows = Membership.objects.filter(user=user, project__in=among, role=Role.ADMIN)
    return set(rows.values_list("project_id", flat=True))


def visible_projects(*, user: User) -> QuerySet[Project]:
    """The projects that the caller is a member of."""
    return Project.objects.all() if user.is_superuser else Project.objects.filter(memberships__user=user)


def visible_project(*, user: User, slug: str) -> Project:
    """The project of that slug, if the caller is a member. Raises NotFound."""
    project = visible_projects(user=user).filter(slug=slug).first()
    if project is None:
        raise NotFound("There is no such project, or you are not a member of it.")
    return project


def administered_project(*, user: User, slug: str) -> Project:
    """The project of that slug, if the caller is an admin of it. Raises NotFound for strangers, NotAllowed for others."""
    project = visible_project(user=user, slug=slug)
    require_role(user=user, project_id=project.pk, role=Role.ADMIN)
    return project


def in_visible_projects(*, user: User, rows: QuerySet[T], path: str = "project") -> QuerySet[T]:
    """Only the rows whose project (reached by `path`) the caller is a member of."""
    return rows if user.is_superuser else rows.filter(**{f"{path}__memberships__user": user})


def in_projects_of_role(*, user: User, rows: QuerySet[T], role: Role, path: str = "project") -> QuerySet[T]:
    """Only the rows whose project (reached by `path`) the caller has at least that role in."""
    if user.is_superuser:
        return rows
    enough = [one for one in Role if RANK[one] >= RANK[role]]
    memberships = Membership.objects.filter(user=user, role__in=enough)
    return rows.filter(**{f"{path}__in": memberships.values("project")})


def visible(*, user: User, rows: QuerySet[T], path: str = "project", **key: Any) -> T:
    """The one row with that key, if its project is visible. Raises NotFound."""
    row = in_visible_projects(user=user, rows=rows, path=path).filter(**key).first()
    if row is None:
        raise NotFound("There is no such object, or you are not a member of its project.")
    return row
