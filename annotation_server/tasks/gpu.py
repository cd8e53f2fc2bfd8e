"""Celery's doors for the captioner's jobs: the only module of the server that imports the captioner (and with it torch)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from annotation_server.choices import JobKind
from annotation_server.errors import NotFound
from annotation_server.formats.writers.captioner_manifest import (
    write_captioner_manifest,
    write_manifest_parts,
)
from annotation_server.models import BaseCheckpoint, CaptionerRun, Export, Job, Project, Round
from annotation_server.places import (
    base_place,
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
from annotation_server.queries.runs.start_of_run import start_of, told_start
from annotation_server.steps.bases.record_base import record_base, record_unusable_base
from annotation_server.steps.images.embed_images import Embedded, not_embedded, store_embeddings
from annotation_server.steps.rounds.measure_captions import Measure, store_measures
from annotation_server.steps.runs.caption_images import publish_captions, rows_to_caption
from annotation_server.steps.runs.record_evaluation import record_evaluation
from annotation_server.steps.runs.record_training import record_training, record_training_started
from annotation_server.steps.runs.write_drafts import write_drafts as store_drafts
from annotation_server.tasks.holding import Heartbeat, door
from captioner import loop
from captioner.bulk.block_files import copy_block
from captioner.bulk.bulk import caption_collection
from captioner.encoders.embeddings import EmbeddingStore, embed_rows, embedding_key, open_store
from captioner.encoders.encoder import Encoder
from captioner.errors import CaptionerError
from captioner.measure import measure_captions as captioner_measures
from captioner.metrics.clip_score import clip_scores
from captioner.model.checkpoint import best_device
from captioner.recipe import read_recipe
from captioner.samples.manifest import Row, read_manifest
from captioner.training.sources import make_encoder

EMBEDDED_AT_ONCE = 256


def _run_of(job: Job) -> tuple[CaptionerRun, Path]:
    """The job's run, and the run's folder."""
    run = CaptionerRun.objects.select_related("project", "through_round", "training_set").get(jobs=job)
    return run, run_folder(run_id=run.pk)


@door(JobKind.TRAIN_CAPTIONER)
def train_captioner(job: Job, heartbeat: Heartbeat) -> None:
    """Train the run's captioner on its frozen training set."""
    run, folder = _run_of(job)
    write_captioner_manifest(rows=training_rows(run=run), path=folder / loop.TRAIN)
    config, schedule = loop.run_settings(recipe=run.recipe, folder=folder)
    record_training_started(run=run, settings=loop.as_json(config))
    held_out, _ = evaluation_rows(run=run)
    write_captioner_manifest(rows=held_out, path=folder / loop.EVAL)
    report = loop.train_run(
        config=config,
        folder=folder,
        cache=Path(settings.CAPTIONER_CACHE),
        text_limits=text_limits_folder(run_id=run.pk),
        progress=heartbeat,
        processes=loop.processes_here(settings.CAPTIONER_PROCESSES),
        start_from=start_of(run=run),
        start_sha256=run.started_from.get("sha256", ""),
        origin=told_start(run=run),
    )
    report["schedule"] = schedule
    place = checkpoint_place(run_id=run.pk)
    record_training(run=run, hold=heartbeat.hold, checkpoint=place, report=report)


@door(JobKind.INSPECT_BASE)
def inspect_base(job: Job, heartbeat: Heartbeat) -> None:
    """Look into a base checkpoint, fetched from the hub first where it is there."""
    base = BaseCheckpoint.objects.filter(pk=job.parameters["base"]).first()
    if base is None:
        raise NotFound("The base was removed, so there is nothing to look into.")
    heartbeat(done=0, total=1, message="fetching" if base.repository else "looking into it")
    try:
        found = loop.inspect_base(
            folder=base_place(base_id=base.pk, folder=base.folder), repository=base.repository
        )
    except (CaptionerError, NotFound) as error:
        record_unusable_base(base=base, hold=heartbeat.hold, reason=str(error))
    else:
        record_base(base=base, hold=heartbeat.hold, found=found)


@door(JobKind.EVALUATE_CAPTIONER)
def evaluate_captioner(job: Job, heartbeat: Heartbeat) -> None:
    """Evaluate the run with and without alt-text on the held-out captions."""
    run, folder = _run_of(job)
    rows, rows_sha256 = evaluation_rows(run=run)
    result: dict[str, Any] = {"rows": 0, "sources": {}}
    if rows:
        write_captioner_manifest(rows=rows, path=folder / loop.EVAL)
        result = loop.evaluate_run(
            folder=folder,
            checkpoint=checkpoint_at(place=run.checkpoint),
            cache=Path(settings.CAPTIONER_CACHE),
            progress=heartbeat,
        )
    record_evaluation(run=run, hold=heartbeat.hold, evaluation=result, rows_sha256=rows_sha256)


@door(JobKind.EMBED_IMAGES)
def embed_images(job: Job, heartbeat: Heartbeat) -> None:
    """Embed the images of a project that are not embedded yet, and compare them with their alt-texts."""
    project = Project.objects.get(jobs=job)
    config = read_recipe(project.captioner_recipe or settings.CAPTIONER_PRESET)
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
        progress=heartbeat,
        total=len(rows),
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


@door(JobKind.WRITE_DRAFTS)
def write_drafts(job: Job, heartbeat: Heartbeat) -> None:
    """Write a promoted run's drafts for every image of the project."""
    run, folder = _run_of(job)
    rows = drafting_rows(project=run.project)
    count = write_captioner_manifest(rows=rows, path=folder / loop.TO_DRAFT)
    checkpoint = checkpoint_at(place=run.checkpoint)
    drafts = loop.draft_run(
        folder=folder,
        checkpoint=checkpoint,
        cache=Path(settings.CAPTIONER_CACHE),
        progress=heartbeat,
    )
    store_drafts(
        run=run, hold=heartbeat.hold, decode=loop.decoding_of(checkpoint), rows=drafts, row_count=count
    )


@door(JobKind.MEASURE_CAPTIONS)
def measure_captions(job: Job, heartbeat: Heartbeat) -> None:
    """Measure a round's captions for its report."""
    round = Round.objects.select_related("project").get(jobs=job)
    manifest = job_manifest(job_id=job.pk, work="measure")
    count = write_captioner_manifest(rows=captions_to_measure(round=round), path=manifest)
    measured = captioner_measures(
        config=read_recipe(round.project.captioner_recipe or settings.CAPTIONER_PRESET),
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
        progress=heartbeat,
        total=count,
    )
    manifest.unlink()


@door(JobKind.CAPTION_IMAGES)
def caption_images(job: Job, heartbeat: Heartbeat) -> None:
    """Caption the project's images in bulk with a run that was trained."""
    export = Export.objects.select_related("project", "requested_by").get(jobs=job)
    run = CaptionerRun.objects.get(exports=export)
    checkpoint = checkpoint_at(place=run.checkpoint)
    work = bulk_folder(run_id=run.pk, export_id=export.pk)
    if not (work / "images").exists():  # else a worker that was killed wrote them
        rows = rows_to_caption(export=export)
        write_manifest_parts(rows=rows, folder=work / "images", part_rows=settings.CAPTION_BLOCK_IMAGES)
    report = caption_collection(
        checkpoint=checkpoint,
        source=[str(work / "images" / "*.jsonl")],
        output=work / "captions",
        cache=Path(settings.CAPTIONER_CACHE),
        with_alt_text=export.options["with_alt_text"],
        decode=loop.decode_settings(checkpoint),
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
        decode=loop.decoding_of(checkpoint),
        write=write,
    )
    shutil.rmtree(work)
