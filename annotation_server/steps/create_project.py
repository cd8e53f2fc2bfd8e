"""A new project, and who may do what in it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from annotation_server import audit
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.models import GuidelinesVersion, Membership, Project, User


def create_project(*, slug: str, name: str, created_by: User | None, guidelines: str = "") -> Project:
    """Raises InvalidSettings when the slug is taken or malformed. The creator becomes its admin."""
    project = Project(slug=slug, name=name, guidelines=guidelines)
    try:
        project.full_clean(validate_unique=False)
        with transaction.atomic():
            project.save()
            if guidelines:
                GuidelinesVersion.objects.create(
                    project=project, number=1, text=guidelines, author=created_by
                )
            audit.record(actor=created_by, verb="project.created", subject=project, project=project)
            if created_by is not None:
                set_role(project=project, user=created_by, role=Role.ADMIN, set_by=created_by)
    except ValidationError as error:
        raise InvalidSettings(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise InvalidSettings(f"There is a project '{slug}' already. Choose another slug.") from error
    return project


def set_role(*, project: Project, user: User, role: Role, set_by: User | None) -> Membership:
    """Make the person a member with that role, or change the role they have."""
    with transaction.atomic():
        before = Membership.objects.filter(project=project, user=user).values_list("role", flat=True).first()
        membership, _ = Membership.objects.update_or_create(
            project=project, user=user, defaults={"role": role}
        )
        if before != role:
            audit.record(
                actor=set_by,
                verb="membership.set",
                subject=membership,
                project=project,
                before={"role": before},
                after={"role": role, "user": user.pk},
            )
    return membership
