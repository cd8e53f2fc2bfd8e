"""Readers of import sources, one module per format, loaded when they are asked for. A format is recognised by its content.

A reader module has NAME, `recognises(path)` and `read(*, path, columns) -> Source`. What it passes over it tells the ledger of
its Source (ledger.py). Which files of a folder are read is found in finding.py, where their pictures are in lookup.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from annotation_server.errors import InvalidSettings, Refusal, UnknownFormat, UnreadableSource
from annotation_server.formats.readers.finding import Found, find, place_named, without_lone_folders
from annotation_server.formats.readers.ledger import Ledger
from annotation_server.formats.readers.lfs import refuse_pointer
from annotation_server.formats.readers.lookup import Lookup
from annotation_server.formats.readers.reader import EncodedReader
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.readers.source import JoinedColumns, Source
from annotation_server.formats.readers.split_names import split_folders
from annotation_server.formats.readers.text_lines import refuse_unknown_encoding


def open_source(
    *,
    source: str,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    texts: str = "",
    images: str = "",
    confined: bool = False,
    encoding: str = "",
) -> Source:
    """The rows of a file or folder. `texts` is its file that says what the rows are, `images` the folder that the pictures are
    in; `confined`: both must lie in the source.

    Raises UnreadableSource, UnknownFormat, InvalidSettings, SeveralSources; UnreadableSource also while rows are taken.
    """
    refuse_unknown_encoding(encoding)
    path = Path(source)
    if "\x00" in source or not path.exists():
        raise UnreadableSource(f"There is no file or folder {source[:500]!r}.")
    try:
        root = without_lone_folders(path)
        refuse_pointer(root)
        found = find(root, format=format, texts=texts, columns=columns or {}, confined=confined)
        opened = [_read(one, columns or {}, encoding) for one in found]
    except (Refusal, ImportError, OSError) as error:
        raise _refusal(source, error) from error
    except MemoryError:  # Told by who set the limit.
        raise
    except Exception as error:
        raise _unreadable(source, format, error) from error
    folder = (
        place_named(root, images, what="folder", is_there=Path.is_dir, confined=confined) if images else None
    )
    place = _Place(path=path, root=root, images=folder, confined=confined)
    whole = _joined(found, opened)
    return replace(whole, rows=_accounted(whole, found, opened, place))


def _read(found: Found, columns: Mapping[str, str], encoding: str) -> Source:
    reader = found.reader
    refuse_pointer(found.path)
    if not encoding:
        return reader.read(path=found.path, columns=columns)
    if not getattr(reader, "ENCODED", False):
        raise InvalidSettings(f"{reader.NAME} says its encoding itself: leave the encoding out.")
    return cast(EncodedReader, reader).read(path=found.path, columns=columns, encoding=encoding)


def _joined(found: list[Found], opened: list[Source]) -> Source:
    """One source of several files."""
    whole = opened[0]
    if len(opened) > 1:
        total = sum(one.total for one in opened) if all(one.total for one in opened) else 0
        columns = JoinedColumns([one.columns for one in opened if one.columns is not None])
        whole = replace(whole, total=total, columns=columns, ledger=Ledger([one.ledger for one in opened]))
    for one in found:
        if one.path.is_file():
            whole.ledger.read_file(one.path)
    return whole


def _accounted(
    whole: Source, found: list[Found], opened: list[Source], place: "_Place"
) -> Iterator[ImportRow]:
    """The rows, each seen by the ledger, which is closed after the last one."""
    try:
        for number, row in enumerate(_placed(found, opened, place), start=1):
            placed = row if len(found) == 1 else replace(row, number=number)
            whole.ledger.see_row(placed)
            yield placed
    except (Refusal, ImportError, OSError) as error:
        raise _refusal(str(place.path), error) from error
    except MemoryError:
        raise
    except Exception as error:
        raise _unreadable(str(place.path), whole.format, error) from error
    whole.ledger.close(place.path)


def _placed(found: list[Found], opened: list[Source], place: "_Place") -> Iterator[ImportRow]:
    """The files' rows one after the other, with their pictures found and their splits filled in."""
    folders, root = split_folders(place.root), f"{place.root}/"
    for one, source in zip(found, opened, strict=True):
        lookup = place.lookup(one.path)
        within = _within(one.path, place.root) if len(found) > 1 else ""
        for row in source.rows:
            placed = lookup.placed(row)
            split = placed.split or one.split or (folders and _split_of(placed, place.root, folders))
            if split != placed.split or within or placed.name.startswith(root):
                name = f"{within}{placed.name}".removeprefix(root)
                placed = replace(placed, split=split or "", name=name)
            yield placed


def _split_of(row: ImportRow, root: Path, folders: Mapping[str, str]) -> str:
    """That of the folder of its picture."""
    if not isinstance(row.picture, Path) or not row.picture.is_relative_to(root):
        return ""
    return folders.get(row.picture.relative_to(root).parts[0], "")


def _within(path: Path, root: Path) -> str:
    folder = path.parent if path.is_file() else path
    inside = folder.absolute().relative_to(root.absolute()).as_posix() if folder != root else "."
    return "" if inside == "." else f"{inside}/"


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a source lies: what was given, the folder in it that holds everything, and the pictures' own if one was named."""

    path: Path
    root: Path
    images: Path | None
    confined: bool

    def lookup(self, table: Path) -> Lookup:
        """For the pictures of one of its files."""
        folder = table.parent if table.is_file() else table
        root = self.root if self.root.is_dir() else self.root.parent
        return Lookup(folder=folder, root=root, images=self.images, confined=self.confined)


def _refusal(source: str, error: Refusal | ImportError | OSError) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, ImportError):
        return UnknownFormat(f"{source} needs the Python package {error.name}. Install the extra `formats`.")
    return UnreadableSource(f"{source} cannot be read ({error.strerror or error}).")


def _unreadable(source: str, format: str, error: Exception) -> UnreadableSource:
    called = f" as {format}" if format else ""
    return UnreadableSource(
        f"{source} cannot be read{called} ({(str(error) or type(error).__name__)[:200]})."
    )
