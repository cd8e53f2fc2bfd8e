"""The promotion gate: is a run good enough to write drafts?"""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from annotation_server.choices import CaptionSource
from annotation_server.models import CaptionerRun, Evaluation, Project

# Held-out captions change from round to round, so a new run may score this much below the last promoted one.
TOLERANCE = 0.9


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Promoted or not, and why in plain words."""

    promoted: bool
    reason: str


def judge(*, project: Project, run: CaptionerRun, sources: dict[str, dict[str, Any]], rows: int) -> Verdict:
    """Compare the run with the alt-text itself and with the last promoted run, by the project's gate metric.

    `sources` maps a caption source to its metrics over the same `rows` held-out images.
    """
    metric = project.gate_metric
    if rows < project.gate_min_rows:
        return Verdict(
            promoted=False,
            reason=f"Only {rows} held-out captions; at least {project.gate_min_rows} are needed to judge a run.",
        )
    reached = _score(sources, CaptionSource.WITH_ALT, metric)
    baseline = _score(sources, CaptionSource.ALT_TEXT, metric)
    if reached is None or baseline is None:
        return Verdict(promoted=False, reason=f"The evaluation has no {metric}.")
    if reached <= baseline * project.gate_margin:
        return Verdict(
            promoted=False,
            reason=f"{metric} {reached:.3f} does not beat what the alt-text itself scores ({baseline:.3f}).",
        )
    before = _last_promoted_score(project=project, run=run, metric=metric)
    if before is not None and reached < before * TOLERANCE:
        return Verdict(
            promoted=False,
            reason=f"{metric} {reached:.3f} is clearly below the last promoted run's {before:.3f}.",
        )
    return Verdict(promoted=True, reason=f"{metric} {reached:.3f} beats the alt-text's {baseline:.3f}.")


def _score(sources: dict[str, dict[str, Any]], source: CaptionSource, metric: str) -> float | None:
    """None when it was not measured, or came out as no number."""
    score = sources.get(source, {}).get(metric)
    return float(score) if score is not None and isfinite(score) else None


def _last_promoted_score(*, project: Project, run: CaptionerRun, metric: str) -> float | None:
    last = (
        Evaluation.objects.filter(
            run__project=project, run__promoted=True, source=CaptionSource.WITH_ALT, slice=""
        )
        .exclude(run=run)
        .order_by("-run__number")
        .first()
    )
    return last.metrics.get(metric) if last else None
