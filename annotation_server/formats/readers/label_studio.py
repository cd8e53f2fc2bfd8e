"""Label Studio's JSON export: a list of tasks with `data`, `annotations` and `predictions`.

What the task's data says are columns; the last finished annotation's text arrives as a caption of round 1.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from annotation_server.formats.readers.columns import Columns
from annotation_server.formats.readers.json_file import document, list_of_objects
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import Source

NAME = "label_studio"


def recognises(path: Path) -> bool:
    """A list of objects that each have their `data`."""
    tasks = list_of_objects(document(path))
    return tasks is not None and isinstance(tasks[0].get("data"), dict)


def read(*, path: Path, columns: Mapping[str, str]) -> Source:
    """Tasks in the file's order."""
    tasks = document(path)
    known = Columns(names=tasks[0]["data"], said=columns)
    return Source(format=NAME, rows=_rows(tasks, known, path.parent), total=len(tasks), columns=known)


def _rows(tasks: list[Any], columns: Columns, folder: Path) -> Iterator[ImportRow]:
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            yield ImportRow(number=number, name=f"task {number}", problem="The task has no data.")
            continue
        cells = {
            key: _local(value, folder) for key, value in data.items() if not isinstance(value, list | dict)
        }
        cells |= {key: value for key, value in data.items() if isinstance(value, list)}
        if text := _annotated(task.get("annotations")):
            cells["round1"] = text
        yield columns.row(number=number, cells={"id": task.get("id"), **cells}, folder=folder)


def _annotated(annotations: Any) -> str:
    """The text of the last annotation that was not cancelled."""
    for annotation in reversed(annotations if isinstance(annotations, list) else []):
        if isinstance(annotation, dict) and not annotation.get("was_cancelled"):
            for result in annotation.get("result") or []:
                if isinstance(result, dict) and result.get("type") == "textarea":
                    text = (result.get("value") or {}).get("text")
                    return "\n".join(text) if isinstance(text, list) else str(text or "")
    return ""


def _local(value: Any, folder: Path) -> Any:
    """/data/upload/1/ab12-iguana.jpg and /data/local-files/?d=x/iguana.jpg as paths below the export's folder."""
    if not isinstance(value, str) or not value.startswith("/data/"):
        return value
    address = urlsplit(value)
    if address.path.startswith("/data/local-files"):
        return parse_qs(address.query).get("d", [value])[0]
    path = unquote(address.path)
    for start in ("/data/upload/", "/data/media/upload/", "/data/"):
        shorter = path.removeprefix(start)
        for candidate in (shorter, f"upload/{shorter}", f"media/upload/{shorter}", Path(shorter).name):
            if shorter != path and (folder / candidate).is_file():
                return candidate
    return Path(path).name
