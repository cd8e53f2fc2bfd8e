"""Label Studio's exports: JSON (tasks with `data`, `annotations`, `predictions`), JSON_MIN and CSV (a flat row an annotation).

What a task's data says are columns; so is each text area, called annotations.NAME. One of them is taken for the captions of
round 1, one of each person; say another with --column.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.readers import table
from annotation_server.formats.readers.column_names import PERHAPS, meaning_of, plain_name
from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.json_objects import Numbered, numbered, rows_of
from annotation_server.formats.readers.label_studio_files import local_file
from annotation_server.formats.readers.ledger import Kind, Ledger
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source
from annotation_server.formats.readers.text_lines import count_lines

NAME = "label_studio"
ENCODED = True
AREA = "annotations."
# Columns of flat exports that say nothing about the image.
ABOUT = ("annotation_id", "annotator", "lead_time", "created_at", "updated_at", "agreement", "inner_id")
LOOKED_AT = 200

CANCELLED = "It was cancelled: its annotator skipped the task."
WITHOUT_TEXT = "It has no text."
LATER_ONE = "The same person made a later one."
PREDICTION = "It is a machine's: drafts come from this server's own captioners."
UNFINISHED = "It is a draft that nobody has submitted."


def recognises(path: Path) -> bool:
    """A list of objects that have their `data`, or flat rows with the columns of an annotation."""
    tasks = list_of_objects(document(path)) if path.is_file() else None
    if tasks is None:
        return _is_flat(table.names_of(path))
    return _has_data(tasks) or _is_flat(tasks[0])


def read(*, path: Path, columns: Mapping[str, str], encoding: str = "") -> Source:
    """Tasks in the file's order. Raises UnreadableSource, InvalidSettings."""
    tasks = list_of_objects(document(path))
    if tasks is not None and _has_data(tasks):
        return _of_tasks(path, tasks, columns)
    if not recognises(path):
        raise UnreadableSource(f"{path} is not of the format {NAME}.")
    rows: Numbered
    if tasks is not None:
        names, rows, total = [*tasks[0]], numbered(tasks), len(tasks)
    else:
        names, rows = table.opened_table(path, encoding)
        total = max(0, count_lines(path) - 1)
    known = Columns(names=names, said=columns, meant={_caption_column(names): "round1"})

    def cells_of(cells: dict[str, Any]) -> dict[str, Any]:
        return {key: local_file(value, path.parent) for key, value in cells.items()}

    flat = rows_of(rows, known, path.parent, cells_of=cells_of)
    return Source(format=NAME, rows=flat, total=total, columns=known)


def _has_data(tasks: list[Any]) -> bool:
    return any(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks[:LOOKED_AT])


def _is_flat(names: Collection[str]) -> bool:
    return "annotation_id" in names and ("annotator" in names or "lead_time" in names)


def _of_tasks(path: Path, tasks: list[Any], columns: Mapping[str, str]) -> Source:
    areas = [name for task in islice(tasks, LOOKED_AT) for name in _texts_of(task, Ledger())]
    meant = {_likeliest(list(dict.fromkeys(areas))): "round1"} if areas else {}
    known = Columns(names=["id"], said=columns, meant=meant)
    ledger = Ledger()
    rows = _rows(tasks, known, path.parent, ledger)
    return Source(format=NAME, rows=rows, total=len(tasks), columns=known, ledger=ledger)


def _rows(tasks: list[Any], columns: Columns, folder: Path, ledger: Ledger) -> Iterator[ImportRow]:
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            yield ImportRow(number=number, name=f"task {number}", problem="The task has no data.")
            continue
        cells = {key: local_file(value, folder) for key, value in data.items()}
        texts = _texts_of(task, ledger)
        yield columns.row(number=number, cells={"id": task.get("id"), **cells, **texts}, folder=folder)


def _caption_column(names: list[str]) -> str:
    """Of a flat export: a column that no other field has by its name."""
    free = [name for name in names if name not in ABOUT and meaning_of(name) == ""]
    return _likeliest([name for name in free if plain_name(name) in PERHAPS] or free or [""])


def _likeliest(names: list[str]) -> str:
    """The one that is called a caption, else a text, else the first."""

    def place(name: str) -> tuple[bool, int]:
        plain = plain_name(name.removeprefix(AREA))
        return "caption" not in plain, PERHAPS.get(plain, len(PERHAPS))

    return min(names, key=place)


def _texts_of(task: Any, ledger: Ledger) -> dict[str, list[str]]:
    """What people wrote into each text area of a task, one text of each person, in the order of their annotations."""
    task = task if isinstance(task, dict) else {}
    _leave_all(task.get("predictions"), PREDICTION, ledger)
    _leave_all(task.get("drafts"), UNFINISHED, ledger)
    of_person: dict[Any, dict[str, str]] = {}
    for place, annotation in enumerate(_objects(task.get("annotations"))):
        texts = _areas(annotation)
        if annotation.get("was_cancelled"):
            ledger.leave(Kind.ANNOTATION, CANCELLED, example=_example(texts))
        elif not texts:
            ledger.leave(Kind.ANNOTATION, WITHOUT_TEXT, example=f"annotation {annotation.get('id', place)}")
        else:
            person = _person(annotation.get("completed_by"), place)
            if person in of_person:
                ledger.leave(Kind.ANNOTATION, LATER_ONE, example=_example(of_person[person]))
            else:
                ledger.use(Kind.ANNOTATION)
            of_person[person] = texts
    found: dict[str, list[str]] = {}
    for texts in of_person.values():
        for name, text in texts.items():
            found.setdefault(name, []).append(text)
    return found


def _person(completed_by: Any, place: int) -> Any:
    """An id, or an object with one; an annotation that names nobody is by somebody of its own."""
    person = completed_by.get("id") if isinstance(completed_by, dict) else completed_by
    return person if isinstance(person, int | str) else ("somebody", place)


def _areas(annotation: dict[str, Any]) -> dict[str, str]:
    """The texts of one annotation. Several pieces in one area are lines of one text."""
    pieces: dict[str, list[str]] = {}
    for result in _objects(annotation.get("result")):
        value = result.get("value")
        text = value.get("text") if result.get("type") == "textarea" and isinstance(value, dict) else None
        for piece in text if isinstance(text, list) else [text]:
            if isinstance(piece, str) and piece.strip():
                pieces.setdefault(f"{AREA}{result.get('from_name')}", []).append(piece)
    return {name: "\n".join(of_area) for name, of_area in pieces.items()}


def _leave_all(found: Any, reason: str, ledger: Ledger) -> None:
    for one in _objects(found):
        ledger.leave(Kind.ANNOTATION, reason, example=_example(_areas(one)))


def _example(texts: dict[str, str]) -> str:
    return next(iter(texts.values()), "")


def _objects(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
