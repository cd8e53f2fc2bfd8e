"""A project's guidelines as one person sees them: the newest version, and what they had read before."""

from dataclasses import dataclass
from datetime import datetime

from annotation_server.errors import NotFound
from annotation_server.models import GuidelinesVersion, Membership, Project, User


@dataclass(frozen=True, kw_only=True)
class GuidelinesView:
    """`seen` is the newest version that this person has read (0: none) and `seen_text` its text."""

    version: int
    text: str
    note: str
    changed_at: datetime | None
    seen: int
    seen_text: str
    practised: bool


@dataclass(frozen=True, kw_only=True)
class GuidelinesText:
    """A version's text, and `before`, the text of the one before it; empty for the first."""

    number: int
    text: str
    before: str


def guidelines_text(*, project: Project, number: int) -> GuidelinesText:
    """Raises NotFound."""
    pair = GuidelinesVersion.objects.filter(project=project, number__lte=number).order_by("-number")[:2]
    texts = {version.number: version.text for version in pair}
    if number not in texts:
        raise NotFound(f"The guidelines have no version {number}.")
    return GuidelinesText(number=number, text=texts.pop(number), before=next(iter(texts.values()), ""))


def guidelines_view(*, project: Project, user: User) -> GuidelinesView:
    """Who is no member (the site's owner) has read nothing and need not practise."""
    member = Membership.objects.filter(project=project, user=user).first()
    seen = member.guidelines_seen if member else 0
    newest = GuidelinesVersion.objects.filter(project=project).last()
    read = GuidelinesVersion.objects.filter(project=project, number=seen).first()
    return GuidelinesView(
        version=newest.number if newest else 0,
        text=newest.text if newest else "",
        note=newest.note if newest else "",
        changed_at=newest.created_at if newest else None,
        seen=seen,
        seen_text=read.text if read else "",
        practised=member is None or member.practised_at is not None,
    )
