"""An owner of the site takes a base off the list; its files stay where they are."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import RunState
from annotation_server.errors import BaseInUse
from annotation_server.models import BaseCheckpoint, CaptionerRun, Project, User

MOST_NAMED = 5


def remove_base(*, base: BaseCheckpoint, removed_by: User | None) -> None:
    """What was trained from it still says so. Raises BaseInUse while a project starts from it, or a run waits to."""
    with transaction.atomic():
        BaseCheckpoint.objects.select_for_update().get(pk=base.pk)
        slugs = list(
            Project.objects.filter(captioner_base=base).order_by("slug").values_list("slug", flat=True)
        )
        if slugs:
            more = f" and {len(slugs) - MOST_NAMED} more" if len(slugs) > MOST_NAMED else ""
            raise BaseInUse(
                f"The captioner of {', '.join(slugs[:MOST_NAMED])}{more} starts from '{base.name}'. Choose another "
                "start there, then remove it."
            )
        waiting = CaptionerRun.objects.filter(
            started_from__base=base.name, state__in=[RunState.QUEUED, RunState.TRAINING]
        )
        if waiting.exists():
            raise BaseInUse(
                f"A captioner is being trained from '{base.name}'. Remove it when that has ended."
            )
        audit.record(
            actor=removed_by,
            verb="base.removed",
            subject=base,
            project=None,
            before={"name": base.name, "sha256": base.sha256},
        )
        BaseCheckpoint.objects.filter(pk=base.pk).delete()
