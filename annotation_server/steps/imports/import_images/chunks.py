"""The chunks of an import: while one is written, the next one is fetched, hashed and decoded."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from annotation_server.errors import InvalidText, UnclearFaceBoxes, UnreadableImage
from annotation_server.formats.readers.row import ImportRow
from annotation_server.intake.import_report import ImportReport, Outcome
from annotation_server.intake.prepared_rows import Defaults, PreparedRow, prepare_row, refuse_many_texts
from annotation_server.models import AltText, Image, Project
from annotation_server.pictures.decoding import Decoded, DecoderPool
from annotation_server.pictures.storage import (
    MADE_AT_IMPORT,
    flush_storage,
    original_name,
    rendition_name,
    store_file,
)
from annotation_server.progress import Progress
from annotation_server.rules.locks import hold_project
from annotation_server.steps.imports.import_images.clusters import Clustering, Place
from annotation_server.steps.imports.import_images.earlier_rounds import add_earlier_rounds
from annotation_server.steps.imports.import_images.face_boxes import resolve_face_boxes
from annotation_server.steps.imports.import_images.insert_rows import insert_rows
from annotation_server.texts.phrases import concept_phrases

CHUNK_ROWS = 200
CHUNK_BYTES = 64 * 1024 * 1024
TICK_SECONDS = 1.0
MESSAGE = "importing images"
# Most of them wait for other people's servers.
PREPARING_THREADS = 16
# Files of our own disks and bytes of an archive wait for nobody: a thread takes several at a time.
AT_HAND = 25


@dataclass(kw_only=True)
class Importing:
    """One import under way."""

    project: Project
    defaults: Defaults
    pool: DecoderPool
    report: ImportReport
    progress: Progress
    total: int
    save: Callable[[ImportReport], object]

    def take(self, rows: Iterator[ImportRow]) -> None:
        """All rows, chunk by chunk."""
        waiting: list[PreparedRow] = []
        with ThreadPoolExecutor(PREPARING_THREADS, thread_name_prefix="preparing") as threads:
            try:
                for number, chunk in enumerate(_chunks(rows)):
                    started = self._start(chunk, threads)
                    self._finish(waiting)
                    waiting = started
                    if number.bit_count() == 1:
                        _count_rows_again()
            except BaseException:  # Whoever cancels does not wait for a chunk of slow addresses.
                threads.shutdown(wait=False, cancel_futures=True)
                raise
        self._finish(waiting)

    def _start(self, rows: list[ImportRow], threads: ThreadPoolExecutor) -> list[PreparedRow]:
        """Check, fetch and hash the rows, and have decoded what is new."""
        fetched_before = self._fetched_before(rows)
        coming = [
            threads.submit(self._prepare, together, fetched_before) for together in _taken_together(rows)
        ]
        self._report_while(coming)
        prepared_rows = [prepared for one in coming for prepared in one.result()]
        seen = set(self._stored({prepared.sha256 for prepared in prepared_rows}))
        new: list[PreparedRow] = []
        for prepared in prepared_rows:
            if prepared.refused or prepared.sha256 in seen:
                self.pool.discard(prepared.picture)
                continue
            seen.add(prepared.sha256)
            new.append(prepared)
        decodings = self.pool.submit([prepared.picture for prepared in new])
        for prepared, decoding in zip(new, decodings, strict=True):
            prepared.decoding, prepared.picture = decoding, b""
        return prepared_rows

    def _prepare(self, rows: list[ImportRow], fetched_before: dict[str, str]) -> list[PreparedRow]:
        return [
            prepare_row(
                row=row,
                defaults=self.defaults,
                known_sha256=fetched_before.get(row.picture, "") if isinstance(row.picture, str) else "",
            )
            for row in rows
        ]

    def _fetched_before(self, rows: list[ImportRow]) -> dict[str, str]:
        """Addresses that an earlier import has fetched: address → SHA-256 of what was there."""
        addresses = [row.picture for row in rows if isinstance(row.picture, str)]
        if not addresses:
            return {}
        found = Image.objects.filter(project=self.project, image_url__in=addresses)
        return dict(found.values_list("image_url", "sha256"))

    def _report_while(self, running: "list[Future[Any]]") -> None:
        """Wait, and keep reporting progress, so that the import can still be stopped."""
        pending = set(running)
        while pending:
            _, pending = wait(pending, timeout=TICK_SECONDS)
            self.progress(done=self.report.done, total=self.total, message=MESSAGE)

    def _stored(self, hashes: set[str]) -> dict[str, Image]:
        return {
            image.sha256: image for image in Image.objects.filter(project=self.project, sha256__in=hashes)
        }

    def _finish(self, prepared_rows: list[PreparedRow]) -> None:
        """Wait for the decoders, then store the chunk."""
        self._wait(prepared_rows)
        for prepared in prepared_rows:
            if prepared.decoded is not None:
                _store_files(prepared.decoded)
        flush_storage()
        with transaction.atomic():
            hold_project(project_id=self.project.pk)
            stored = self._stored({prepared.sha256 for prepared in prepared_rows})
            new = [a for a in prepared_rows if a.decoded is not None and a.sha256 not in stored]
            stored |= self._create(new)
            taken = [a for a in prepared_rows if not a.refused and not stored[a.sha256].withdrawn_at]
            taken = self._add_alt_texts(taken, stored)
            add_earlier_rounds(
                project=self.project,
                rows=[(stored[a.sha256], a.row) for a in taken if a.row.captions],
                report=self.report,
            )
            self._report(prepared_rows, stored, {id(prepared) for prepared in new})
            self.save(self.report)
        self.progress(done=self.report.done, total=self.total, message=MESSAGE)

    def _wait(self, prepared_rows: list[PreparedRow]) -> None:
        self._report_while([prepared.decoding for prepared in prepared_rows if prepared.decoding is not None])
        refused: dict[str, str] = {}
        for prepared in prepared_rows:
            if prepared.decoding is not None:
                try:
                    self._take_decoded(prepared, prepared.decoding.result())
                except (UnreadableImage, UnclearFaceBoxes) as refusal:
                    refused[prepared.sha256] = refusal.message
        for prepared in prepared_rows:
            prepared.refused = prepared.refused or refused.get(prepared.sha256, "")

    def _take_decoded(self, prepared: PreparedRow, decoded: Decoded) -> None:
        prepared.sha256 = decoded.sha256
        try:
            resolve_face_boxes(prepared, decoded, project=self.project, report=self.report)
        except UnclearFaceBoxes:
            decoded.discard()
            raise
        prepared.decoded = decoded

    def _create(self, prepared_rows: list[PreparedRow]) -> dict[str, Image]:
        """Rows for the new pictures, each in the cluster of its near-duplicates."""
        places = Clustering(project=self.project, report=self.report).places(prepared_rows)
        images = [self._image(prepared, place) for prepared, place in zip(prepared_rows, places, strict=True)]
        insert_rows(images)
        return {image.sha256: image for image in images}

    def _image(self, prepared: PreparedRow, place: Place) -> Image:
        row, decoded = prepared.row, prepared.decoded
        assert decoded is not None  # noqa: S101  (only decoded rows are created; for the type checker)
        return Image(
            project=self.project,
            cluster_id=place.id,
            split=place.split,
            sha256=decoded.sha256,
            perceptual_hash=decoded.perceptual_hash,
            colour_grid=decoded.colour_grid,
            file_name=original_name(sha256=decoded.sha256, media_type=decoded.media_type),
            width=decoded.width,
            height=decoded.height,
            byte_count=decoded.byte_count,
            media_type=decoded.media_type,
            source=row.source,
            domain=row.domain,
            source_key=row.source_key,
            image_url=row.image_url,
            page_url=row.page_url,
            licence=row.licence,
            face_boxes=row.face_boxes,
        )

    def _add_alt_texts(self, prepared_rows: list[PreparedRow], stored: dict[str, Image]) -> list[PreparedRow]:
        """Texts that an image does not have yet, after those that it has. Rows that would give it too many are refused; returns
        the others."""
        has: defaultdict[int, dict[str, None]] = defaultdict(dict)
        ids = {stored[prepared.sha256].pk for prepared in prepared_rows}
        for image_id, text in AltText.objects.filter(image__in=ids).values_list("image_id", "text"):
            has[image_id][text] = None
        new: list[AltText] = []
        for prepared in prepared_rows:
            image = stored[prepared.sha256]
            added = [text for text in prepared.row.alt_texts if text not in has[image.pk]]
            try:
                refuse_many_texts([*has[image.pk], *added])
            except InvalidText as refusal:
                prepared.refused = refusal.message
                continue
            for text in added:
                phrases = concept_phrases(text, language=self.project.language)
                position = len(has[image.pk])
                new.append(AltText(image=image, position=position, text=text, phrases=phrases))
                has[image.pk][text] = None
        insert_rows(new)
        self.report.alt_texts += len(new)
        return [prepared for prepared in prepared_rows if not prepared.refused]

    def _report(self, prepared_rows: list[PreparedRow], stored: dict[str, Image], new: set[int]) -> None:
        for prepared in prepared_rows:
            image, row = stored.get(prepared.sha256), prepared.row
            if not prepared.refused and image is not None and image.withdrawn_at:
                prepared.refused = "The image was taken down at its source's request."
            if prepared.refused:
                # The ledger has left those of a row with a problem.
                texts = 0 if row.problem else row.text_count
                self.report.refuse(number=row.number, name=row.name, reason=prepared.refused, texts=texts)
            else:
                outcome = Outcome.IMPORTED if id(prepared) in new else Outcome.ALREADY_THERE
                self.report.take(number=row.number, name=row.name, outcome=outcome)


def _count_rows_again() -> None:
    """After 1, 2, 4, 8 … chunks: a table that grows from nothing must be planned for what it holds now, not when autovacuum
    comes by."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE image, image_cluster, alt_text")


def _taken_together(rows: list[ImportRow]) -> Iterator[list[ImportRow]]:
    """In their order: an address alone, others several at a time."""
    together: list[ImportRow] = []
    for row in rows:
        if together and (isinstance(row.picture, str) or len(together) >= AT_HAND):
            yield together
            together = []
        together.append(row)
        if isinstance(row.picture, str):
            yield together
            together = []
    if together:
        yield together


def _chunks(rows: Iterator[ImportRow]) -> Iterator[list[ImportRow]]:
    """So many rows at once, fewer where they hold the pictures themselves."""
    chunk: list[ImportRow] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row.picture) if isinstance(row.picture, bytes) else 0
        if len(chunk) >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _store_files(decoded: Decoded) -> None:
    """Files first, rows after: a row never names a file that is not there (see `flush_storage`)."""
    store_file(
        name=original_name(sha256=decoded.sha256, media_type=decoded.media_type),
        staged=decoded.staged.with_suffix(".original"),
    )
    store_file(
        name=rendition_name(sha256=decoded.sha256, size=MADE_AT_IMPORT),
        staged=decoded.staged.with_suffix(f".{MADE_AT_IMPORT}"),
    )
