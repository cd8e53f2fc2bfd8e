"""What changed from one export to the next of its kind, whatever their format: from the digests of their rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Exists, OuterRef

from annotation_server.models import Export
from annotation_server.models.export import ExportImage
from annotation_server.releases.row_index import differing

FETCHED_AT_ONCE = 2_000

_DIFFERENT = """
FROM (SELECT image_id, digests FROM export_image WHERE export_id = %(before)s) AS before
FULL JOIN (SELECT image_id, digests FROM export_image WHERE export_id = %(after)s) AS after USING (image_id)
"""
_COUNTS = f"""
SELECT CASE WHEN before.digests IS NULL THEN 'added' WHEN after.digests IS NULL THEN 'gone' ELSE 'changed' END, count(*)
{_DIFFERENT} WHERE before.digests IS DISTINCT FROM after.digests GROUP BY 1
"""  # noqa: S608  (constants)
_ROWS = f"""
SELECT image.sha256, before.digests, after.digests {_DIFFERENT} JOIN image ON image.id = image_id
WHERE before.digests IS DISTINCT FROM after.digests ORDER BY image.sha256
"""  # noqa: S608  (constants)


class ChangeKind(StrEnum):
    """What happened to an image's row."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class ExportChange:
    """One image, and which fields of its row differ."""

    sha256: str
    kind: ChangeKind
    fields: list[str]


def previous_export(export: Export) -> Export | None:
    """The newest finished one with the same format and options, of any round; None where there is none with digests."""
    same = Export.objects.filter(
        project=export.project,
        run=None,
        format=export.format,
        options=export.options,
        finished_at__isnull=False,
    )
    newest = same.exclude(pk=export.pk).order_by("-finished_at", "-pk").first()
    without = ExportImage.objects.filter(export=OuterRef("pk"), digests=None)
    return newest and same.filter(pk=newest.pk).exclude(Exists(without)).first()


def count_changes(*, before: Export, after: Export) -> dict[str, int]:
    """How many images of each kind."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"before": before.pk, "after": after.pk})
        counts = Counter(dict(cursor.fetchall()))
    return {kind.value: counts[kind.value] for kind in ChangeKind}


def export_changes(*, before: Export, after: Export) -> Iterator[ExportChange]:
    """Every image that differs, in the order of the hashes, in constant memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, {"before": before.pk, "after": after.pk})
        while rows := cursor.fetchmany(FETCHED_AT_ONCE):
            for sha256, was, now in rows:
                yield _change(sha256, was, now)


def _change(sha256: str, was: bytes | None, now: bytes | None) -> ExportChange:
    if was is None or now is None:
        return ExportChange(
            sha256=sha256, kind=ChangeKind.ADDED if was is None else ChangeKind.GONE, fields=[]
        )
    return ExportChange(sha256=sha256, kind=ChangeKind.CHANGED, fields=differing(bytes(was), bytes(now)))
