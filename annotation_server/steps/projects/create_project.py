"""A new project, and who may do what in it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from annotation_server import audit
from annotation_server.choices import Role
from annotation_server.errors import InvalidSettings
from annotation_server.models import GuidelinesVersion, Membership, Project, User
from annotation_server.texts.language import refuse_malformed_language
from annotation_server.texts.slug import LONGEST_SLUG, refuse_malformed_slug, slug_of
from annotation_server.texts.text import GUIDELINES_LIMIT, as_typed, refuse_long_captions

SLUGS_TRIED = 100


def create_project(
    *,
    name: str,
    created_by: User | None,
    slug: str | None = None,
    guidelines: str = "",
    language: str = "en",
    caption_limit: int = 10_000,
) -> Project:
    """A project without pictures; without a slug it gets one that resembles its name. The creator becomes its admin.

    Raises InvalidSettings when the slug is taken or malformed, or a value is out of its bounds; InvalidText.
    """
    if slug is not None:
        refuse_malformed_slug(slug)
    refuse_malformed_language(language)
    refuse_long_captions(caption_limit)
    project = Project(
        slug=_free_slug(name) if slug is None else slug,
        name=name.strip(),
        guidelines=as_typed(text=guidelines, limit=GUIDELINES_LIMIT),
        language=language,
        caption_limit=caption_limit,
    )
    try:
        project.full_clean(validate_unique=False)
        with transaction.atomic():
            project.save()
            if project.guidelines:
                GuidelinesVersion.objects.create(
                    project=project, number=1, text=project.guidelines, author=created_by
                )
            audit.record(actor=created_by, verb="project.created", subject=project, project=project)
            if created_by is not None:
                set_role(project=project, user=created_by, role=Role.ADMIN, set_by=created_by)
    except ValidationError as error:
        raise InvalidSettings(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise InvalidSettings(f"There is a project '{project.slug}' already. Choose another slug.") from error
    return project


def _free_slug(name: str) -> str:
    """fotos-aus-koln, or fotos-aus-koln-2 where that is taken."""
    stem = slug_of(name)
    for number in range(1, SLUGS_TRIED):
        ending = "" if number == 1 else f"-{number}"
        slug = f"{stem[: LONGEST_SLUG - len(ending)]}{ending}"
        if not Project.objects.filter(slug=slug).exists():
            return slug
    raise InvalidSettings(f"There are too many projects whose slug begins with '{stem}'. Choose a slug.")


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
