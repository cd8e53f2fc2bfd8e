"""How good a run is, and the gate's verdict on it."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from annotation_server import audit, jobs
from annotation_server.choices import CaptionSource, JobKind, RunState
from annotation_server.models import CaptionerRun, Evaluation
from annotation_server.queries.runs.captioner_rows import hashes_of_captions
from annotation_server.queries.runs.promotion import Verdict, judge
from annotation_server.rules.chain_end import measure_next


def record_evaluation(
    *, run: CaptionerRun, hold: jobs.Hold, evaluation: dict[str, Any], rows_sha256: str
) -> Verdict:
    """Store the metrics per source and slice, judge the run, and queue its drafts if it is promoted.

    `evaluation` is what the captioner wrote: rows, sources, slices, samples, warnings.
    """
    with transaction.atomic():
        rows = int(evaluation["rows"])
        Evaluation.objects.bulk_create(_evaluations(run=run, evaluation=evaluation, rows_sha256=rows_sha256))
        verdict = judge(project=run.project, run=run, sources=evaluation["sources"], rows=rows)
        report = {
            **run.report,
            "samples": _samples(evaluation),
            "warnings": list(
                dict.fromkeys([*run.report.get("warnings", []), *evaluation.get("warnings", [])])
            ),
        }
        CaptionerRun.objects.filter(pk=run.pk).update(
            report=report,
            promoted=verdict.promoted,
            promotion_reason=verdict.reason,
            state=RunState.DRAFTING if verdict.promoted else RunState.FINISHED,
            finished_at=None if verdict.promoted else Now(),
        )
        if verdict.promoted:
            jobs.enqueue(kind=JobKind.WRITE_DRAFTS, project=run.project, round=run.through_round, run=run)
        else:
            measure_next(round=run.through_round)
        jobs.finish(hold=hold, result={"promoted": verdict.promoted, "reason": verdict.reason})
        audit.record(
            actor=None,
            verb="captioner_run.promoted" if verdict.promoted else "captioner_run.not_promoted",
            subject=run,
            project=run.project,
            after={"reason": verdict.reason},
        )
    return verdict


def _samples(evaluation: dict[str, Any]) -> list[dict[str, Any]]:
    """What was written for some held-out images, each with its image's SHA-256 in place of ids and paths of this server."""
    samples = evaluation.get("samples", [])
    hashes = hashes_of_captions(caption_ids=[int(sample["row_id"]) for sample in samples])
    shown = ("alt_text", "reference", "with_alt", "without_alt")
    return [
        {"sha256": hashes[int(sample["row_id"])], **{name: sample[name] for name in shown}}
        for sample in samples
        if int(sample["row_id"]) in hashes
    ]


def _evaluations(*, run: CaptionerRun, evaluation: dict[str, Any], rows_sha256: str) -> list[Evaluation]:
    slices = [("", evaluation["sources"])]
    for kind, values in evaluation.get("slices", {}).items():
        slices += [(f"{kind}={value}"[:250], sources) for value, sources in values.items()]
    return [
        Evaluation(
            run=run,
            round=run.through_round,
            source=CaptionSource(source),
            slice=name,
            metrics=metrics,
            row_count=metrics.get("rows", evaluation["rows"]),
            rows_sha256=rows_sha256,
        )
        for name, sources in slices
        for source, metrics in sources.items()
    ]
