"""Where the checkpoint lies that a run starts from, and what people call it."""

from pathlib import Path

from annotation_server.errors import NotFound
from annotation_server.models import BaseCheckpoint, CaptionerRun
from annotation_server.places import base_place, checkpoint_at


def start_of(*, run: CaptionerRun) -> Path | None:
    """None for a run that starts from its recipe's own weights. Raises NotFound."""
    start = run.started_from
    if "base" in start:
        base = BaseCheckpoint.objects.filter(name=start["base"]).first()
        if base is None:
            raise NotFound(
                f"The base '{start['base']}' that this run starts from was removed. Choose another start, and close a round."
            )
        return base_place(base_id=base.pk, folder=base.folder)
    if "run" in start:
        earlier = CaptionerRun.objects.get(project=run.project_id, number=start["run"])
        return checkpoint_at(place=earlier.checkpoint)
    return None


def told_start(*, run: CaptionerRun) -> str:
    """For its card: 'the base …' or 'Altogether(2), run 2 …', with the checkpoint's hash."""
    start = run.started_from
    if not start:
        return ""
    what = f"the base '{start['base']}'" if "base" in start else f"{start['name']}, run {start['run']}"
    return f"{what} (SHA-256 {start['sha256']})"
