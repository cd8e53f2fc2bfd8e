"""Celery's doors for the captioner's jobs: the only module of the server that imports the captioner (and with it torch)."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from celery import shared_task
from django.conf import settings

from annotation_server.formats.writers.captioner_manifest import (
    write_captioner_manifest,
    write_manifest_parts,
)
from annotation_server.models import CaptionerRun, Export, Job, Project, Round
from annotation_server.places import (
    bulk_folder,
    checkpoint_at,
    checkpoint_place,
    export_folder,
    job_manifest,
    run_folder,
    text_limits_folder,
)
from annotation_server.queries.reports.captions_to_measure import captions_to_measure
from annotation_server.queries.runs.captioner_rows import (
    drafting_rows,
    evaluation_rows,
    rows_of_images,
    training_rows,
)
from annotation_server.steps.images.embed_images import Embedded, not_embedded, store_embeddings
from annotation_server.steps.rounds.measure_captions import Measure, store_measures
from annotation_server.steps.runs.caption_images import publish_captions, rows_to_caption
from annotation_server.steps.runs.record_evaluation import record_evaluation
from annotation_server.steps.runs.record_training import record_training, record_training_started
from annotation_server.steps.runs.write_drafts import write_drafts as store_drafts
from annotation_server.tasks.holding import Heartbeat, do_job
from captioner.bulk.block_files import copy_block
from captioner.bulk.bulk import caption_collection
from captioner.config import get_preset
from captioner.encoders.embeddings import EmbeddingStore, embed_rows, embedding_key, open_store
from captioner.encoders.encoder import Encoder
from captioner.evaluate import evaluate
from captioner.generation.generate import generate
from captioner.measure import measure_captions as captioner_measures
from captioner.metrics.clip_score import clip_scores
from captioner.model.checkpoint import best_device
from captioner.model.text_limits import write_text_limits
from captioner.samples.manifest import Row, read_manifest
from captioner.training.history import read_history
from captioner.training.sources import make_encoder
from captioner.training.train import train

CURVE_POINTS = 200
EMBEDDED_AT_ONCE = 256


@shared_task(name="annotation_server.gpu.train_captioner")
def train_captioner(job_id: str) -> None:
    """Train the run's captioner on its frozen training set."""
    do_job(job_id=job_id, work=_train)


@shared_task(name="annotation_server.gpu.evaluate_captioner")
def evaluate_captioner(job_id: str) -> None:
    """Evaluate the run with and without alt-text on the held-out captions."""
    do_job(job_id=job_id, work=_evaluate)


@shared_task(name="annotation_server.gpu.embed_images")
def embed_images(job_id: str) -> None:
    """Embed the images of a project that are not embedded yet, and compare them with their alt-texts."""
    do_job(job_id=job_id, work=_embed_images)


@shared_task(name="annotation_server.gpu.write_drafts")
def write_drafts(job_id: str) -> None:
    """Write a promoted run's drafts for every image of the project."""
    do_job(job_id=job_id, work=_write_drafts)


@shared_task(name="annotation_server.gpu.measure_captions")
def measure_captions(job_id: str) -> None:
    """Measure a round's captions for its report."""
    do_job(job_id=job_id, work=_measure_captions)


@shared_task(name="annotation_server.gpu.caption_images")
def caption_images(job_id: str) -> None:
    """Caption the project's images in bulk with a run that was trained."""
    do_job(job_id=job_id, work=_caption_images)


def _run_of(job: Job) -> tuple[CaptionerRun, Path]:
    """The job's run, and the run's folder."""
    run = CaptionerRun.objects.select_related("project", "through_round", "training_set").get(jobs=job)
    return run, run_folder(run_id=run.pk)


def _train(job: Job, heartbeat: Heartbeat) -> None:
    run, folder = _run_of(job)
    config = get_preset(run.preset)
    record_training_started(run=run, settings=_as_json(asdict(config)))
    write_captioner_manifest(rows=training_rows(run=run), path=folder / "train.jsonl")
    held_out, _ = evaluation_rows(run=run)
    write_captioner_manifest(rows=held_out, path=folder / "eval.jsonl")
    report = train(
        config=config,
        manifest=folder / "train.jsonl",
        eval_manifest=folder / "eval.jsonl" if held_out else None,
        output=folder / "checkpoint",
        cache=Path(settings.CAPTIONER_CACHE),
        progress=heartbeat,
        # The folder is this run's alone: what does not fit there was left by an older version, before an upgrade.
        overwrite=True,
    )
    write_text_limits(
        config=config,
        checkpoint=Path(report.checkpoint),
        cache=Path(settings.CAPTIONER_CACHE),
        folder=text_limits_folder(run_id=run.pk),
    )
    record_training(
        run=run,
        hold=heartbeat.hold,
        checkpoint=checkpoint_place(run_id=run.pk),
        report=_as_json({**asdict(report), "losses": _losses(folder / "checkpoint")}),
    )


def _evaluate(job: Job, heartbeat: Heartbeat) -> None:
    run, folder = _run_of(job)
    rows, rows_sha256 = evaluation_rows(run=run)
    result: dict[str, Any] = {"rows": 0, "sources": {}}
    if rows:
        write_captioner_manifest(rows=rows, path=folder / "eval.jsonl")
        evaluate(
            checkpoint=checkpoint_at(place=run.checkpoint),
            manifest=folder / "eval.jsonl",
            output=folder / "evaluation.json",
            cache=Path(settings.CAPTIONER_CACHE),
            decode=get_preset(run.preset).decode,
            progress=heartbeat,
        )
        result = json.loads((folder / "evaluation.json").read_text())
    record_evaluation(run=run, hold=heartbeat.hold, evaluation=result, rows_sha256=rows_sha256)


def _embed_images(job: Job, heartbeat: Heartbeat) -> None:
    project = Project.objects.get(jobs=job)
    config = get_preset(project.captioner_preset or settings.CAPTIONER_PRESET)
    cache = Path(settings.CAPTIONER_CACHE)
    encoder = make_encoder(config=config, cache=cache, progress=heartbeat, device=best_device())
    manifest = job_manifest(job_id=job.pk, work="embed")
    images = not_embedded(project=project, encoder=encoder.key)
    count = write_captioner_manifest(rows=rows_of_images(images=images), path=manifest)
    rows = read_manifest(manifest) if count else []
    store = open_store(cache=cache, encoder=encoder)
    embed_rows(rows=rows, encoder=encoder, store=store, progress=heartbeat)
    store_embeddings(
        project=project,
        hold=heartbeat.hold,
        encoder=encoder.key,
        found=_embedded(rows, encoder, store),
        progress=lambda done: heartbeat(done=done, total=len(rows), message="storing embeddings"),
        comparing=lambda done, total: heartbeat(done=done, total=total, message="comparing the splits"),
    )
    manifest.unlink()


def _embedded(rows: list[Row], encoder: Encoder, store: EmbeddingStore) -> Iterator[Embedded]:
    """Each image that could be read, and how well its first alt-text fits it."""
    places = store.find([embedding_key(row) for row in rows])
    readable = [(row, place) for row, place in zip(rows, places, strict=True) if place is not None]
    for start in range(0, len(readable), EMBEDDED_AT_ONCE):
        chunk = readable[start : start + EMBEDDED_AT_ONCE]
        vectors = store.read([place for _, place in chunk])
        texts = [row.alt_texts[0] if row.alt_texts else "" for row, _ in chunk]
        scores = clip_scores(texts=texts, embedding_NE=vectors, encoder=encoder)
        for (row, _), vector, text, score in zip(chunk, vectors, texts, scores, strict=True):
            yield Embedded(
                image_id=int(row.row_id), vector=vector.tolist(), alt_text_score=score if text else None
            )


def _write_drafts(job: Job, heartbeat: Heartbeat) -> None:
    run, folder = _run_of(job)
    decode = get_preset(run.preset).decode
    count = write_captioner_manifest(rows=drafting_rows(project=run.project), path=folder / "to_draft.jsonl")
    generate(
        checkpoint=checkpoint_at(place=run.checkpoint),
        manifest=folder / "to_draft.jsonl",
        output=folder / "drafts.jsonl",
        cache=Path(settings.CAPTIONER_CACHE),
        with_alt_text=True,
        decode=decode,
        progress=heartbeat,
    )
    store_drafts(
        run=run,
        hold=heartbeat.hold,
        decode=_as_json(asdict(decode)),
        rows=_rows(folder / "drafts.jsonl"),
        row_count=count,
    )


def _measure_captions(job: Job, heartbeat: Heartbeat) -> None:
    round = Round.objects.select_related("project").get(jobs=job)
    manifest = job_manifest(job_id=job.pk, work="measure")
    count = write_captioner_manifest(rows=captions_to_measure(round=round), path=manifest)
    measured = captioner_measures(
        config=get_preset(round.project.captioner_preset or settings.CAPTIONER_PRESET),
        manifest=manifest,
        cache=Path(settings.CAPTIONER_CACHE),
        progress=heartbeat,
    )
    store_measures(
        hold=heartbeat.hold,
        found=(
            Measure(
                caption_id=int(one.row_id),
                encoder=one.encoder,
                vector=one.embedding,
                clip_score=one.clip_score,
                cider=one.cider,
            )
            for one in (measured if count else ())
        ),
        progress=lambda done: heartbeat(done=done, total=count, message="measuring captions"),
    )
    manifest.unlink()


def _caption_images(job: Job, heartbeat: Heartbeat) -> None:
    export = Export.objects.select_related("project", "requested_by").get(jobs=job)
    run = CaptionerRun.objects.get(exports=export)
    decode = get_preset(run.preset).decode
    work = bulk_folder(run_id=run.pk, export_id=export.pk)
    if not (work / "images").exists():  # else a worker that was killed wrote them
        rows = rows_to_caption(export=export)
        write_manifest_parts(rows=rows, folder=work / "images", part_rows=settings.CAPTION_BLOCK_IMAGES)
    report = caption_collection(
        checkpoint=checkpoint_at(place=run.checkpoint),
        source=[str(work / "images" / "*.jsonl")],
        output=work / "captions",
        cache=Path(settings.CAPTIONER_CACHE),
        with_alt_text=export.options["with_alt_text"],
        decode=decode,
        ray_actors=settings.CAPTION_RAY_ACTORS,
        ray_address=settings.CAPTION_RAY_ADDRESS or None,
        progress=heartbeat,
    )

    def write(*, folder: Path, without: set[str]) -> dict[str, int]:
        counts = [
            copy_block(block, folder / block.name, without=without)
            for block in sorted(Path(report.output).glob("*.parquet"))
        ]
        rows, captioned = sum(one.rows for one in counts), sum(one.captioned for one in counts)
        return {"row_count": rows, "captioned": captioned, "unreadable": rows - captioned}

    publish_captions(
        export=export,
        hold=heartbeat.hold,
        folder=export_folder(export_id=export.pk),
        decode=_as_json(asdict(decode)),
        write=write,
    )
    shutil.rmtree(work)


def _losses(folder: Path) -> list[tuple[int, float]]:
    """The training loss at no more than CURVE_POINTS steps, for the curve on the project's page."""
    points = [(row["step"], row["loss"]) for row in read_history(folder) if "loss" in row]
    return points[:: max(1, -(-len(points) // CURVE_POINTS))]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _as_json(value: Any) -> Any:
    """Plain JSON: paths as text, NaN as null (Postgres takes no NaN in JSON)."""
    return json.loads(json.dumps(value, default=str), parse_constant=lambda _: None)
