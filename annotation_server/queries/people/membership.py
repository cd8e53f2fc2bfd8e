"""What a person may see and do: their role in a project, and the objects that follow from it.

An object that the caller may not see answers like one that is not there. A paused member's doors are closed, and they are told
so. A token that was made for one project gives access to that project only, even if its owner is a member of others.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from annotation_server.choices import Role
from annotation_server.errors import NotAllowed, NotFound, Paused
from annotation_server.models import Event, Membership, Project, User

T = TypeVar("T", bound=Model)

RANK = {Role.ANNOTATOR: 1, Role.REVIEWER: 2, Role.ADMIN: 3}


def memberships_of(*, user: User, even_paused: bool = False) -> QuerySet[Membership]:
    """Those that open a door to the caller."""
    rows = Membership.objects.filter(user=user)
    if not even_paused:
        rows = rows.filter(paused_at=None)
    return rows if user.token_project_id is None else rows.filter(project=user.token_project_id)


def is_owner_of(*, user: User, project_id: int) -> bool:
    """Whether the caller may do everything there because the site is theirs."""
    return user.is_superuser and user.token_project_id in {None, project_id}


def role_in(*, user: User, project_id: int) -> Role | None:
    """The caller's role, None for who is out; the site's owner is admin everywhere."""
    if user.is_superuser:
        return Role.ADMIN if is_owner_of(user=user, project_id=project_id) else None
    found = memberships_of(user=user).filter(project=project_id).values_list("role", flat=True).first()
    return Role(found) if found else None


def require_role(*, user: User, project_id: int, role: Role) -> Role:
    """The caller's role if it is at least `role`. Raises NotFound for strangers, Paused, NotAllowed for lesser roles."""
    has = role_in(user=user, project_id=project_id)
    if has is None:
        refuse_paused(user=user, projects=Project.objects.filter(pk=project_id))
        raise NotFound("There is no such object, or you are not a member of its project.")
    if RANK[has] < RANK[role]:
        raise NotAllowed(f"Only a project's {role} may do this. Ask an admin of the project.")
    return has


def has_role_somewhere(*, user: User, role: Role) -> bool:
    """Whether there is a project in which the caller has at least that role."""
    enough = [one for one in Role if RANK[one] >= RANK[role]]
    return user.is_superuser or memberships_of(user=user).filter(role__in=enough).exists()


def refuse_paused(*, user: User, projects: QuerySet[Any], **extra: object) -> None:
    """Raises Paused, with who paused them (and `extra`), for a paused member of one of these projects."""
    if user.is_superuser:
        return
    rows = memberships_of(user=user, even_paused=True).exclude(paused_at=None)
    if (paused := rows.filter(project__in=projects).first()) is not None:
        raise Paused(
            f"{paused_by(membership=paused)} paused you in this project, so you only see your own captions. "
            "What you typed is kept. Ask an admin of the project when you can go on.",
            **extra,
        )


def paused_by(*, membership: Membership) -> str:
    """The name of who paused them last."""
    rows = Event.objects.filter(
        object_type="membership", object_id=str(membership.pk), verb="membership.paused"
    )
    name = rows.order_by("-id").values_list("actor__username", flat=True).first()
    return name or "An admin"


def is_owner(*, user: User) -> bool:
    """Whether the caller may do what is of no project."""
    return user.is_superuser and user.token_project_id is None


def require_owner(*, user: User) -> None:
    """Raises NotAllowed for everybody but the owners of the site."""
    if not is_owner(user=user):
        raise NotAllowed("Only an owner of the site may do this.")


def administered_projects(*, user: User, among: set[int]) -> set[int]:
    """The ids among those whose projects the caller is an admin of."""
    if user.is_superuser:
        return {one for one in among if is_owner_of(user=user, project_id=one)}
    rows = memberships_of(user=user).filter(project__in=among, role=Role.ADMIN)
    return set(rows.values_list("project_id", flat=True))


def visible_projects(*, user: User, even_paused: bool = False) -> QuerySet[Project]:
    """The projects whose doors are open to the caller."""
    if user.is_superuser:
        return _of_token(user, Project.objects.all(), "pk")
    memberships = memberships_of(user=user, even_paused=even_paused)
    return Project.objects.filter(pk__in=memberships.values("project"))


def visible_project(*, user: User, slug: str) -> Project:
    """The project of that slug, if the caller is a member. Raises NotFound, Paused."""
    project = visible_projects(user=user).filter(slug=slug).first()
    if project is None:
        refuse_paused(user=user, projects=Project.objects.filter(slug=slug))
        raise NotFound("There is no such project, or you are not a member of it.")
    return project


def administered_project(*, user: User, slug: str) -> Project:
    """The project of that slug, if the caller is an admin of it. Raises NotFound for strangers, NotAllowed for others."""
    project = visible_project(user=user, slug=slug)
    require_role(user=user, project_id=project.pk, role=Role.ADMIN)
    return project


def in_visible_projects(
    *, user: User, rows: QuerySet[T], path: str = "project", even_paused: bool = False
) -> QuerySet[T]:
    """Only the rows whose project (reached by `path`) the caller is a member of."""
    if user.is_superuser:
        return _of_token(user, rows, path)
    memberships = memberships_of(user=user, even_paused=even_paused)
    return rows.filter(**{f"{path}__in": memberships.values("project")})


def in_projects_of_role(*, user: User, rows: QuerySet[T], role: Role, path: str = "project") -> QuerySet[T]:
    """Only the rows whose project (reached by `path`) the caller has at least that role in."""
    if user.is_superuser:
        return _of_token(user, rows, path)
    enough = [one for one in Role if RANK[one] >= RANK[role]]
    memberships = memberships_of(user=user).filter(role__in=enough)
    return rows.filter(**{f"{path}__in": memberships.values("project")})


def for_owners(*, user: User, rows: QuerySet[T]) -> QuerySet[T]:
    """The rows, which are of no project, for an owner of the site; none for anybody else."""
    return rows if is_owner(user=user) else rows.none()


def visible(
    *, user: User, rows: QuerySet[T], path: str = "project", even_paused: bool = False, **key: Any
) -> T:
    """The one row with that key, if its project is visible. Raises NotFound, Paused."""
    wanted = rows.filter(**key)
    row = in_visible_projects(user=user, rows=wanted, path=path, even_paused=even_paused).first()
    if row is None:
        refuse_paused(user=user, projects=wanted.order_by().values(path))
        raise NotFound("There is no such object, or you are not a member of its project.")
    return row


def _of_token(user: User, rows: QuerySet[T], path: str) -> QuerySet[T]:
    """All of them, or those of the project that the token is for."""
    return rows if user.token_project_id is None else rows.filter(Q(**{path: user.token_project_id}))
