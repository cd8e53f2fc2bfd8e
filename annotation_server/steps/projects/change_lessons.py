"""An admin chooses the pictures that newcomers practise on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotation_server import audit
from annotation_server.errors import InvalidSettings
from annotation_server.models import Image, Lesson, Project, User
from annotation_server.texts.text import as_caption, as_typed, refuse_unstorable

ABOUT_LIMIT = 1_000
MOST_LESSONS = 10


@dataclass(frozen=True, kw_only=True)
class NewLesson:
    """A picture of the project, its text to start from, and what a good caption has and has not."""

    image: int
    starting_text: str
    about: str
    has: Sequence[Sequence[str]]
    lacks: Sequence[str]
    example: str


def change_lessons(*, project: Project, lessons: Sequence[NewLesson], changed_by: User) -> None:
    """These, in this order, in the place of all before; none: the pictures that come with the software.

    Raises InvalidSettings, InvalidText."""
    made = [_lesson(project, position, lesson) for position, lesson in enumerate(lessons)]
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        images = {lesson.image for lesson in lessons}
        if Image.objects.filter(project=project, withdrawn_at=None, pk__in=images).count() < len(images):
            raise InvalidSettings("Choose pictures of this project that were not taken down.")
        before = list(Lesson.objects.filter(project=project).values_list("image", flat=True))
        Lesson.objects.filter(project=project).delete()
        Lesson.objects.bulk_create(made)
        audit.record(
            actor=changed_by,
            verb="lessons.changed",
            subject=project,
            project=project,
            before={"images": before},
            after={"images": [lesson.image for lesson in lessons]},
        )


def _lesson(project: Project, position: int, lesson: NewLesson) -> Lesson:
    if not lesson.has and not lesson.lacks:
        raise InvalidSettings("Say for each picture what a good caption has, or what it has not.")
    for word in [word for group in lesson.has for word in group] + list(lesson.lacks):
        refuse_unstorable(word)
    return Lesson(
        project=project,
        position=position,
        image_id=lesson.image,
        starting_text=as_caption(text=lesson.starting_text, limit=project.caption_limit),
        about=as_typed(text=lesson.about, limit=ABOUT_LIMIT),
        has=[list(group) for group in lesson.has],
        lacks=list(lesson.lacks),
        example=as_caption(text=lesson.example, limit=project.caption_limit),
    )
