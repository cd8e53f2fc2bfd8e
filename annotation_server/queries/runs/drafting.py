"""Which run's drafts may be used."""

from annotation_server.models import CaptionerRun, Project


def drafting_run(*, project: Project) -> CaptionerRun | None:
    """The newest promoted run that has written its drafts; None when there is none."""
    return (
        CaptionerRun.objects.filter(project=project, promoted=True, draft_set__isnull=False)
        .select_related("draft_set", "through_round")
        .order_by("-number")
        .first()
    )
