"""A worker looks into what came in: fetches it, unpacks it, and tells format, columns and first rows before anything starts."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from annotation_server import jobs
from annotation_server.errors import Refusal, SeveralSources
from annotation_server.files.memory_limit import limited_memory
from annotation_server.files.time_limit import TimeLimit
from annotation_server.files.trees import remove_tree
from annotation_server.formats.readers import open_source
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.survey import Survey, survey, where_picture_is
from annotation_server.intake.addresses import bring_in
from annotation_server.intake.packed import is_packed, root_of, unpack_source
from annotation_server.intake.packed_account import account_of
from annotation_server.intake.unpacked import Unpacked
from annotation_server.intake.upload_files import attempts_folder, folder_of, upload_path
from annotation_server.models import Import
from annotation_server.progress import Progress
from annotation_server.queries.imports.import_state import HOW_READ
from annotation_server.texts.text import storable

SHOWN_ROWS = 10
SHOWN_CHARACTERS = 300
TOLD_EVERY_BYTES = 1 << 20
NOTHING: dict[str, Any] = {
    "format": "",
    "total": 0,
    "columns": [],
    "rows": [],
    "survey": Survey().as_json(),
    "account": [],
}


def inspect_import(*, import_: Import, hold: jobs.Hold, time_limit: TimeLimit, progress: Progress) -> None:
    """Store the preview and end the job. What was fetched or unpacked for nothing is removed. Raises UnreadableSource,
    UnknownFormat, InvalidSettings, ServiceUnavailable, TookTooLong, FencedOff, JobCancelled."""
    folder = folder_of(upload=import_)
    said = HOW_READ | {name: value for name, value in import_.options.items() if name in HOW_READ}
    opening = _Opening(
        import_=import_,
        token=hold.fencing_token,
        time_limit=time_limit,
        progress=time_limit.watched(progress),
    )
    try:
        source, archive = _seen_before(import_, folder) or opening.opened()
        looking = TimeLimit(
            seconds=min(settings.IMPORT_PREVIEW_SECONDS_LIMIT, time_limit.seconds_left),
            setting="IMPORT_PREVIEW_SECONDS_LIMIT",
        )
        with looking.interrupting(), limited_memory(settings.IMPORT_MEMORY_LIMIT):
            preview = _preview(source, folder, said) | archive
        preview["account"] = [*preview["account"], *archive["members"]]
        with transaction.atomic():
            Import.objects.filter(pk=import_.pk).update(preview=preview)
            jobs.finish(hold=hold, result={"format": preview["format"]})
    except (OperationalError, InterfaceError):
        raise  # The database went away, perhaps with the preview stored.
    except BaseException:
        opening.remove()
        raise


def _seen_before(import_: Import, folder: Path) -> tuple[Path, dict[str, Any]] | None:
    """Somebody looks again, with other options: what was fetched and unpacked is there still."""
    before: dict[str, Any] | None = import_.preview
    if before is None or not (source := folder / str(before["path"])).exists():
        return None
    return source, {name: before.get(name, empty) for name, empty in _of_archive(Unpacked()).items()}


@dataclass(kw_only=True)
class _Opening:
    """A source on its way to where it is read."""

    import_: Import
    token: int
    time_limit: TimeLimit
    progress: Progress
    left_out: Unpacked = field(default_factory=Unpacked)
    made: list[Path] = field(default_factory=list)

    def opened(self) -> tuple[Path, dict[str, Any]]:
        """The source as a file or folder, and what was left out of an archive."""
        source = self.unpacked(self.fetched())
        return source, _of_archive(self.left_out)

    def fetched(self) -> Path:
        """Where the upload lies, or what was fetched from the address."""
        import_, told = self.import_, 0
        if not import_.address:
            return upload_path(upload=import_)

        def now_and_then(*, done: int, total: int, message: str) -> None:
            nonlocal told
            moved = done - told >= TOLD_EVERY_BYTES
            told = done if moved else told
            self.progress(done=told, total=total, message=message)

        by = import_.requested_by
        return bring_in(
            address=import_.address,
            folder=self._own_folder("fetched"),
            by_owner=by is not None and by.is_active and by.is_superuser,
            time_limit=self.time_limit,
            left_out=self.left_out,
            progress=now_and_then,
        )

    def unpacked(self, source: Path) -> Path:
        """The same, or what is in it where it is an archive of files."""
        with self.time_limit.interrupting():
            packed = is_packed(source)
        if not packed:
            return source
        to = self._own_folder("unpacked")
        found = unpack_source(
            archive=source,
            to=to,
            progress=self.progress,
        )
        self.left_out.add(found)
        return root_of(to)

    def remove(self) -> None:
        """A disk that is filled for nothing for a week would be another one's harm."""
        for folder in self.made:
            remove_tree(folder)

    def _own_folder(self, name: str) -> Path:
        folder = attempts_folder(folder=folder_of(upload=self.import_), name=name, token=self.token)
        self.made.append(folder)
        return folder


def _preview(source: Path, folder: Path, said: dict[str, Any]) -> dict[str, Any]:
    """`path` is for the import itself; the API shows the rest. Several candidates are shown for somebody to choose from."""
    place = {"path": source.relative_to(folder).as_posix(), "said": said}
    try:
        opened = open_source(source=str(source), confined=True, **said)
        found = survey(opened, show=SHOWN_ROWS)
    except SeveralSources as several:
        return {**NOTHING, **place, "candidates": several.extra["candidates"]}
    except Refusal as refusal:  # Where things lie on the server is nobody's business.
        refusal.args = (refusal.message.replace(str(source), source.name),)
        refusal.message = refusal.args[0]
        raise
    return {
        **place,
        "format": opened.format,
        "total": opened.total or (found.rows if found.complete else 0),
        "columns": _columns(opened),
        "rows": [_shown(row) for row in found.shown],
        "survey": found.as_json(),
        "account": opened.account(),
        "candidates": [],
    }


def _columns(opened: Source) -> list[dict[str, str]]:
    """Asked after the first rows: formats without a header meet their columns in them."""
    if opened.columns is None:
        return []
    known = opened.columns.field_of
    names = [*known, *(name for name in opened.columns.unknown if name not in known)]
    return [
        {
            "name": name,
            "field": known.get(name, ""),
            "sample": opened.columns.samples.get(name, ""),
            "spare": opened.columns.spare.get(name, ""),
        }
        for name in names
    ]


def _shown(row: ImportRow) -> dict[str, Any]:
    picture = row.picture
    return {
        "row": row.number,
        "name": storable(row.name, limit=SHOWN_CHARACTERS),
        "image": ""
        if isinstance(picture, bytes) or picture is None
        else storable(row.name, limit=SHOWN_CHARACTERS),
        "alt_texts": [storable(text, limit=SHOWN_CHARACTERS) for text in row.alt_texts[:SHOWN_ROWS]],
        "picture": where_picture_is(row) if not row.problem else "",
        "split": row.split,
        "captions": {
            str(number): storable("\n\n".join(texts), limit=SHOWN_CHARACTERS)
            for number, texts in row.captions.items()
        },
        "problem": storable(row.problem, limit=SHOWN_CHARACTERS),
    }


def _of_archive(left_out: Unpacked) -> dict[str, Any]:
    """`members` is the archive's page of the ledger."""
    return {
        "skipped_count": left_out.skipped_count,
        "skipped": left_out.skipped[:SHOWN_ROWS],
        "names_read": dict(left_out.names_read),
        "members": account_of(left_out),
    }
