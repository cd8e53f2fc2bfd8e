"""An admin writes a new version of the guidelines; people read it, and go through the practice tasks."""

from django.db import transaction
from django.db.models.functions import Coalesce, Greatest, Now

from annotation_server import audit
from annotation_server.errors import NewerTextSaved
from annotation_server.models import GuidelinesVersion, Membership, Project, User
from annotation_server.texts.text import GUIDELINES_LIMIT, as_typed

NOTE_LIMIT = 500


def change_guidelines(
    *, project: Project, text: str, note: str, over: int, author: User
) -> GuidelinesVersion:
    """The text becomes the version after `over`, which the author had before them; the same text again makes none.

    Raises NewerTextSaved when somebody else made that version meanwhile, InvalidText.
    """
    text, note = as_typed(text=text, limit=GUIDELINES_LIMIT), as_typed(text=note, limit=NOTE_LIMIT).strip()
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        last = GuidelinesVersion.objects.filter(project=project).last()
        number, before = (last.number, last.text) if last else (0, "")
        if last and before == text:
            return last
        if number != over:
            raise NewerTextSaved(
                "Somebody else changed the guidelines meanwhile. Put your changes into their text.",
                text=before,
                version=number,
            )
        made = GuidelinesVersion.objects.create(
            project=project, number=number + 1, text=text, note=note, author=author
        )
        Project.objects.filter(pk=project.pk).update(guidelines=text)
        audit.record(
            actor=author,
            verb="guidelines.changed",
            subject=project,
            project=project,
            before={"version": number},
            after={"version": made.number, "note": note},
        )
    return made


def note_guidelines_seen(*, project: Project, user: User, number: int) -> None:
    """They have read that version. What somebody has seen only grows."""
    newest = GuidelinesVersion.objects.filter(project=project).last()
    seen = min(number, newest.number if newest else 0)
    Membership.objects.filter(project=project, user=user).update(
        guidelines_seen=Greatest("guidelines_seen", seen)
    )


def note_practised(*, project: Project, user: User) -> None:
    """They have gone through the practice tasks; the first time counts."""
    Membership.objects.filter(project=project, user=user).update(practised_at=Coalesce("practised_at", Now()))
