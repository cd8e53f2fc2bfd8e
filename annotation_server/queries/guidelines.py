"""A project's guidelines as one person sees them: the newest version, and what they had read before."""

from dataclasses import dataclass
from datetime import datetime

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
