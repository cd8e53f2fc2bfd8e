"""A worker looks into what came in: fetches it, unpacks it, and tells format, columns and first rows before anything starts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from annotation_server import jobs
from annotation_server.errors import Refusal
from annotation_server.formats import incoming as files
from annotation_server.formats.addresses import bring_in
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.unpacking import Unpacked, is_zip, root_of, unpack
from annotation_server.models import Import

SHOWN_ROWS = 10
SHOWN_CHARACTERS = 300
TOLD_EVERY_BYTES = 1 << 20


def inspect_import(*, incoming: Import, hold: jobs.Hold, progress: Callable[..., None]) -> None:
    """Store the preview and end the job. Raises UnreadableSource, UnknownFormat, InvalidSettings, ServiceUnavailable."""
    folder = files.folder_of(import_id=incoming.pk)
    token = hold.fencing_token
    source = _source(incoming, token, progress)
    unpacked: Unpacked | None = None
    if is_zip(source):
        to = files.attempts_folder(import_id=incoming.pk, name="unpacked", token=token)
        unpacked = unpack(
            archive=source,
            to=to,
            byte_limit=settings.IMPORT_SOURCE_LIMIT,
            tell=lambda done, total: progress(done=done, total=total, message="unpacking"),
        )
        source = root_of(to)
    preview = _preview(source, folder) | _of_archive(unpacked)
    with transaction.atomic():
        Import.objects.filter(pk=incoming.pk).update(preview=preview)
        jobs.finish(hold=hold, result={"format": preview["format"]})


def _source(incoming: Import, token: int, progress: Callable[..., None]) -> Path:
    if not incoming.address:
        return files.upload_path(import_id=incoming.pk, file_name=incoming.file_name)
    told = 0

    def tell(stored: int, total: int) -> None:
        nonlocal told
        if stored - told >= TOLD_EVERY_BYTES:
            told = stored
            progress(done=stored, total=total, message="fetching, bytes")

    folder = files.attempts_folder(import_id=incoming.pk, name="fetched", token=token)
    return bring_in(address=incoming.address, folder=folder, tell=tell)


def _preview(source: Path, folder: Path) -> dict[str, Any]:
    """`path` is for the import itself; the API shows the rest."""
    try:
        opened = open_source(source=str(source))
        rows = [_shown(row) for row, _ in zip(opened.rows, range(SHOWN_ROWS), strict=False)]
    except Refusal as refusal:  # Where things lie on the server is nobody's business.
        refusal.args = (refusal.message.replace(str(source), source.name),)
        raise
    return {
        "path": source.relative_to(folder).as_posix(),
        "format": opened.format,
        "total": opened.total,
        "columns": _columns(opened),
        "rows": rows,
    }


def _columns(opened: Source) -> list[dict[str, str]]:
    """Asked after the first rows: formats without a header meet their columns in them."""
    if opened.columns is None:
        return []
    known = opened.columns.field_of
    names = [*known, *(name for name in opened.columns.unknown if name not in known)]
    return [
        {"name": name, "field": known.get(name, ""), "sample": opened.columns.samples.get(name, "")}
        for name in names
    ]


def _shown(row: ImportRow) -> dict[str, Any]:
    picture = row.picture
    return {
        "row": row.number,
        "name": row.name[:SHOWN_CHARACTERS],
        "image": "" if isinstance(picture, bytes) or picture is None else row.name[:SHOWN_CHARACTERS],
        "alt_texts": [_storable(text) for text in row.alt_texts[:SHOWN_ROWS]],
        "split": row.split,
        "captions": {str(number): _storable(text) for number, text in row.captions.items()},
        "problem": row.problem,
    }


def _storable(text: str) -> str:
    return text[:SHOWN_CHARACTERS].replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _of_archive(unpacked: Unpacked | None) -> dict[str, Any]:
    if unpacked is None:
        return {"skipped_count": 0, "skipped": []}
    return {"skipped_count": unpacked.skipped_count, "skipped": unpacked.skipped[:SHOWN_ROWS]}
