"""The end of a closed round's chain, however its run ended: the round's captions are measured for its report. Shared by the
steps that may come last."""

from annotation_server import jobs
from annotation_server.choices import JobKind
from annotation_server.models import Round, Task
from annotation_server.rules.locks import hold_project


def measure_next(*, round: Round) -> None:
    """Queue the measuring, unless it is under way or all is measured. Call it in the transaction that ends the job before."""
    hold_project(project_id=round.project_id)
    counted = Task.objects.filter(round=round, check_kind="", current_caption__isnull=False)
    if counted.filter(image__withdrawn_at=None, current_caption__measure=None).exists():
        jobs.enqueue_once(kind=JobKind.MEASURE_CAPTIONS, project=round.project, round=round)
