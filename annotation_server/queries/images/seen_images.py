"""Which pictures a person may see: annotators those of tasks that they hold or held and of lessons, reviewers also those that
somebody captioned, admins all."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotation_server.choices import Role
from annotation_server.errors import NotFound
from annotation_server.models import Caption, Image, Lesson, Project, User, WorkingCopy
from annotation_server.queries.people.membership import (
    in_projects_of_role,
    memberships_of,
    refuse_paused,
)


def seen_images(*, user: User, rows: QuerySet[Image], role: Role = Role.ANNOTATOR) -> QuerySet[Image]:
    """Of these rows, those in projects where the caller has at least that role, as far as they may see them. One query."""
    rows = in_projects_of_role(user=user, rows=rows, role=role)
    if user.is_superuser:
        return rows
    image = OuterRef("pk")
    mine = memberships_of(user=user)
    administered = mine.filter(role=Role.ADMIN).values("project")
    reviewed = mine.filter(role=Role.REVIEWER).values("project")
    return rows.filter(
        Q(project__in=administered)
        | Q(Exists(WorkingCopy.objects.filter(task__image=image, annotator=user)))
        | Q(Exists(Lesson.objects.filter(image=image)))
        | Q(Exists(Caption.objects.filter(task__image=image)), project__in=reviewed)
    )


def seen_image(*, user: User, rows: QuerySet[Image], pk: int) -> Image:
    """The one picture. Raises NotFound, Paused."""
    found = seen_images(user=user, rows=rows.filter(pk=pk)).first()
    if found is None:
        refuse_paused(user=user, projects=Project.objects.filter(images=pk))
        raise NotFound("There is no such picture, or you had no task with it.")
    return found
