"""Images and their texts come in: every row of a source gets an outcome, and nothing a row does stops the rest.

Rows are taken in chunks, each one transaction. A stopped import is run again from the start: what is there already is
passed over by its hash. While one chunk is written, the next one is decoded.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotation_server import audit
from annotation_server.choices import Split
from annotation_server.errors import InvalidSettings, UnreadableImage
from annotation_server.formats.arrivals import Arrival, Defaults, arrive
from annotation_server.formats.decoding import Decoded, DecoderPool
from annotation_server.formats.import_report import ImportReport, Outcome
from annotation_server.formats.pictures import keep, original_name, rendition_name, staging_folder
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from annotation_server.models import AltText, Image, ImageCluster, Project, User
from annotation_server.queries.locks import hold_project
from annotation_server.queries.near_duplicates import Look, looks_same, near_duplicates

CHUNK_ROWS = 200
TICK_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """`columns` maps a table's columns to fields where the guess is wrong. `domain`, `source`, `licence` and `split` are for
    rows that say nothing themselves. `confined`: pictures outside the source's own folder are refused."""

    format: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    domain: str = ""
    source: str = ""
    licence: str = ""
    split: str = ""
    confined: bool = False
    processes: int = 0


def import_images(
    *,
    project: Project,
    source: str,
    imported_by: User | None,
    options: ImportOptions,
    progress: Callable[..., None],
) -> ImportReport:
    """Import every row of `source`, a file or folder.

    `progress` is called with (done, total, message); what it raises ends the import between two chunks. Raises
    UnreadableSource, UnknownFormat, InvalidSettings, ServiceUnavailable (no space).
    """
    if options.split and options.split not in Split.values:
        raise InvalidSettings(f"Unknown split '{options.split}': use train or eval.")
    opened = open_source(source=source, format=options.format, columns=options.columns)
    report = ImportReport(format=opened.format)
    with DecoderPool(
        staging=staging_folder(),
        pixel_limit=settings.IMAGE_PIXEL_LIMIT,
        processes=options.processes or os.cpu_count() or 1,
    ) as pool:
        importing = _Importing(
            project=project,
            defaults=_defaults(source=source, options=options),
            pool=pool,
            report=report,
            tell=lambda done: progress(done=done, total=opened.total, message="importing images"),
        )
        importing.take(opened.rows)
    if opened.columns is not None:
        report.columns = dict(opened.columns.field_of)
        report.unknown_columns = list(opened.columns.unknown)
    progress(done=report.done, total=report.done, message="importing images")
    audit.record(
        actor=imported_by,
        verb="images.imported",
        subject=project,
        project=project,
        after={"source": source, "format": opened.format, **report.rows},
    )
    return report


def _defaults(*, source: str, options: ImportOptions) -> Defaults:
    path = Path(source).resolve()
    return Defaults(
        split=options.split,
        source=options.source,
        domain=options.domain,
        licence=options.licence,
        confined_to=(path if path.is_dir() else path.parent) if options.confined else None,
    )


@dataclass(kw_only=True, eq=False)
class _Cluster:
    """A cluster that is there (`id`), or one that this chunk starts (0 until it is created) with the looks it has so far."""

    split: str
    id: int = 0
    looks: list[Look] = field(default_factory=list)


@dataclass(kw_only=True)
class _Importing:
    """One import under way."""

    project: Project
    defaults: Defaults
    pool: DecoderPool
    report: ImportReport
    tell: Callable[[int], None]

    def take(self, rows: Iterator[ImportRow]) -> None:
        """All rows, chunk by chunk."""
        waiting: list[Arrival] = []
        while chunk := list(islice(rows, CHUNK_ROWS)):
            arrived = self._start(chunk)
            self._finish(waiting)
            waiting = arrived
        self._finish(waiting)

    def _start(self, rows: list[ImportRow]) -> list[Arrival]:
        """Check and hash the rows, and have decoded what is new."""
        arrivals = [arrive(row=row, defaults=self.defaults) for row in rows]
        seen = set(self._stored({arrival.sha256 for arrival in arrivals}))
        for arrival in arrivals:
            if arrival.refused or arrival.sha256 in seen:
                continue
            seen.add(arrival.sha256)
            arrival.decoding = self.pool.submit(arrival.picture)
        return arrivals

    def _stored(self, hashes: set[str]) -> dict[str, Image]:
        return {
            image.sha256: image for image in Image.objects.filter(project=self.project, sha256__in=hashes)
        }

    def _finish(self, arrivals: list[Arrival]) -> None:
        """Wait for the decoders, then store the chunk."""
        self._wait(arrivals)
        for arrival in arrivals:
            if arrival.decoded is not None:
                _keep_files(arrival.decoded)
        with transaction.atomic():
            hold_project(project_id=self.project.pk)
            stored = self._stored({arrival.sha256 for arrival in arrivals})
            new = [a for a in arrivals if a.decoded is not None and a.sha256 not in stored]
            stored |= self._create(new)
            self._add_alt_texts(arrivals, stored)
        self._report(arrivals, stored, {id(arrival) for arrival in new})
        self.tell(self.report.done)

    def _wait(self, arrivals: list[Arrival]) -> None:
        pending = {arrival.decoding for arrival in arrivals if arrival.decoding is not None}
        while pending:
            _, pending = wait(pending, timeout=TICK_SECONDS)
            self.tell(self.report.done)
        refused: dict[str, str] = {}
        for arrival in arrivals:
            if arrival.decoding is not None:
                try:
                    arrival.decoded = arrival.decoding.result()
                    arrival.sha256 = arrival.decoded.sha256
                except UnreadableImage as refusal:
                    refused[arrival.sha256] = refusal.message
        for arrival in arrivals:
            arrival.refused = arrival.refused or refused.get(arrival.sha256, "")

    def _create(self, arrivals: list[Arrival]) -> dict[str, Image]:
        """Rows for the new pictures, each in the cluster of its near-duplicates."""
        looks = [_look(arrival.decoded) for arrival in arrivals if arrival.decoded is not None]
        stored = near_duplicates(project=self.project, looks=looks)
        clusters: list[_Cluster] = []
        places: list[_Cluster] = []
        for arrival, look, neighbours in zip(arrivals, looks, stored, strict=True):
            near = [
                cluster for cluster in clusters if any(looks_same(look, other) for other in cluster.looks)
            ]
            near += [_Cluster(id=one.cluster_id, split=one.split) for one in neighbours]
            place = self._place(arrival, near)
            place.looks.append(look)
            if place not in clusters:
                clusters.append(place)
            places.append(place)
        fresh = [cluster for cluster in clusters if cluster.id == 0]
        created = ImageCluster.objects.bulk_create(
            ImageCluster(project=self.project, split=cluster.split) for cluster in fresh
        )
        for cluster, row in zip(fresh, created, strict=True):
            cluster.id = row.pk
        images = Image.objects.bulk_create(
            self._image(arrival, cluster) for arrival, cluster in zip(arrivals, places, strict=True)
        )
        return {image.sha256: image for image in images}

    def _place(self, arrival: Arrival, near: list[_Cluster]) -> _Cluster:
        """The cluster of a new picture. A held-out near-duplicate wins: training must not see the picture then."""
        row = arrival.row
        if not near:
            drawn = drawn_split(sha256=arrival.sha256, eval_share=self.project.eval_share)
            return _Cluster(split=row.split or drawn)
        cluster = next((one for one in near if one.split == Split.EVAL), near[0])
        self.report.joined_clusters += 1
        if row.split and row.split != cluster.split:
            text = f"Put into {cluster.split} instead of {row.split}: a near-duplicate of it is there."
            self.report.note(number=row.number, name=row.name, text=text)
        return cluster

    def _image(self, arrival: Arrival, cluster: _Cluster) -> Image:
        row, decoded = arrival.row, arrival.decoded
        assert decoded is not None  # noqa: S101  (only decoded arrivals are created; for the type checker)
        return Image(
            project=self.project,
            cluster_id=cluster.id,
            split=cluster.split,
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
            source_url=row.source_url,
            licence=row.licence,
            face_boxes=row.face_boxes,
        )

    def _add_alt_texts(self, arrivals: list[Arrival], stored: dict[str, Image]) -> None:
        """Texts that an image does not have yet, after those that it has."""
        has: defaultdict[int, dict[str, None]] = defaultdict(dict)
        ids = [image.pk for image in stored.values()]
        for image_id, text in AltText.objects.filter(image__in=ids).values_list("image_id", "text"):
            has[image_id][text] = None
        new: list[AltText] = []
        for arrival in arrivals:
            image = stored.get(arrival.sha256)
            if arrival.refused or image is None or image.withdrawn_at:
                continue
            for text in arrival.row.alt_texts:
                if text not in has[image.pk]:
                    new.append(AltText(image=image, position=len(has[image.pk]), text=text))
                    has[image.pk][text] = None
        AltText.objects.bulk_create(new)
        self.report.alt_texts += len(new)

    def _report(self, arrivals: list[Arrival], stored: dict[str, Image], new: set[int]) -> None:
        for arrival in arrivals:
            image, row = stored.get(arrival.sha256), arrival.row
            if not arrival.refused and image is not None and image.withdrawn_at:
                arrival.refused = "The image was taken down by its source's wish."
            if arrival.refused:
                self.report.refuse(number=row.number, name=row.name, reason=arrival.refused)
            else:
                self.report.rows[Outcome.IMPORTED if id(arrival) in new else Outcome.ALREADY_THERE] += 1


def drawn_split(*, sha256: str, eval_share: float) -> str:
    """The split of an image that no row decides: by its hash, so that it is the same in every import."""
    return Split.EVAL if int(sha256[:8], 16) / 2**32 < eval_share else Split.TRAIN


def _look(decoded: Decoded) -> Look:
    return Look(perceptual_hash=decoded.perceptual_hash, colour_grid=decoded.colour_grid)


def _keep_files(decoded: Decoded) -> None:
    """Files first, rows after: a row never names a file that is not there."""
    keep(
        name=original_name(sha256=decoded.sha256, media_type=decoded.media_type),
        staged=decoded.staged.with_suffix(".original"),
    )
    for size in ("screen", "thumbnail"):
        keep(
            name=rendition_name(sha256=decoded.sha256, size=size),
            staged=decoded.staged.with_suffix(f".{size}"),
        )
