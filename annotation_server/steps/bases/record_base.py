"""The captioner's worker hands in what it found in a base."""

from typing import Any

from django.db import transaction

from annotation_server import audit, jobs
from annotation_server.choices import BaseState
from annotation_server.models import BaseCheckpoint
from annotation_server.texts.text import UNSTORABLE

FOUND = ("settings", "parameters", "byte_count", "sha256", "misfits")


def record_base(*, base: BaseCheckpoint, hold: jobs.Hold, found: dict[str, Any]) -> None:
    """inspecting → ready. Raises FencedOff, JobCancelled."""
    values = {name: found[name] for name in FOUND}
    _record(base, hold, state=BaseState.READY, card=UNSTORABLE.sub("", found["card"]), **values)


def record_unusable_base(*, base: BaseCheckpoint, hold: jobs.Hold, reason: str) -> None:
    """inspecting → unusable, and why. Raises FencedOff, JobCancelled."""
    _record(base, hold, state=BaseState.UNUSABLE, error=UNSTORABLE.sub("", reason))


def _record(base: BaseCheckpoint, hold: jobs.Hold, *, state: BaseState, **values: Any) -> None:
    with transaction.atomic():
        BaseCheckpoint.objects.filter(pk=base.pk).update(state=state, **values)
        jobs.finish(hold=hold, result={"base": base.name, "error": values.get("error", "")})
        audit.record(
            actor=None,
            verb=f"base.{state}",
            subject=base,
            project=None,
            after={name: values[name] for name in ("sha256", "error") if name in values},
        )
