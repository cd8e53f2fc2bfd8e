"""Whose weights a project's next captioner begins with: decided when its run is queued, and kept in the run's row, so that a
training that is tried again starts from the same ones."""

from typing import Any

from annotation_server.choices import StartFrom
from annotation_server.models import CaptionerRun, Project


def captioner_start(*, project: Project) -> dict[str, Any]:
    """{} for those of the recipe; else the base or the run, and the SHA-256 of its checkpoint."""
    if project.captioner_start == StartFrom.LAST_PROMOTED:
        run = _last_promoted(project)
        if run is not None:
            return {"run": run.number, "name": run.name, "sha256": run.report["checkpoint_sha256"]}
    base = project.captioner_base
    if project.captioner_start == StartFrom.RECIPE or base is None:
        return {}
    return {"base": base.name, "sha256": base.sha256}


def _last_promoted(project: Project) -> CaptionerRun | None:
    """One whose checkpoint is here: an archive may have come without."""
    runs = CaptionerRun.objects.filter(
        project=project, promoted=True, report__has_key="checkpoint_sha256"
    ).exclude(checkpoint="")
    return runs.select_related("through_round").order_by("-number").first()
