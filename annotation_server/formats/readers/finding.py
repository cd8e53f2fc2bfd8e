"""Which files of a folder say what its rows are: tables of any name, one or more levels down, or the pictures' own sidecars.

What belongs together is read together (train/metadata.csv and test/metadata.csv, captions_train2017.json and
captions_val2017.json). If several different ones could be meant, a person chooses: SeveralSources names them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

from annotation_server.errors import Refusal, SeveralSources, UnknownFormat, UnreadableSource
from annotation_server.formats.readers.ledger import PICTURES, is_hidden, walk
from annotation_server.formats.readers.lookup import is_below
from annotation_server.formats.readers.reader import READERS, Reader, reader_named, recognises
from annotation_server.formats.readers.split_names import split_folders, split_of_file, split_of_folder

# A folder with one of these is what the file says, not just the pictures that lie in it.
MANIFESTS = ("manifest.jsonl", "metadata.jsonl", "data.jsonl", "metadata.csv", "data.csv")
TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt", ".token", ".gz", ".parquet")
# Files that no reader reads one by one: of a folder they are found by its readers.
OF_FOLDERS = ("webdataset", "hf_dataset", "pages", "folder")
# Formats of any content; the others are of images.
OF_ANYTHING = ("parquet", "json_rows", "jsonl", "table")
DEPTH = 4
# So many files without a picture of their name are looked into; a folder with more is no folder with a table.
LOOKED_INTO = 200
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file or folder that says what rows are, and how it is read. `split` is that of rows that say none."""

    path: Path
    reader: Reader
    split: str = ""


def find(root: Path, *, format: str, texts: str, columns: Mapping[str, str], confined: bool) -> list[Found]:
    """What is read together. Raises SeveralSources, UnknownFormat, UnreadableSource."""
    if texts:
        return [_said(root, texts, format, columns, confined)]
    if root.is_file():
        return [Found(path=root, reader=_of_file(root, format, columns))]
    if format and (reader := reader_named(format)):
        if recognises(reader, root):
            return [Found(path=root, reader=reader)]
        groups = _groups(root, [one for one in _tables(root, columns) if format == one.reader.NAME])
        return _chosen(root, groups) if groups else [Found(path=root, reader=reader)]
    return _in_folder(root, columns)


def without_lone_folders(path: Path) -> Path:
    """The folder in which there is more than one thing: archives often hold one folder that holds everything."""
    while path.is_dir():
        entries = [entry for entry in path.iterdir() if not is_hidden(entry.name)]
        if len(entries) != 1 or not entries[0].is_dir() or entries[0].is_symlink():
            return path
        if split_of_folder(entries[0].name):
            return path
        path = entries[0]
    return path


def _said(root: Path, texts: str, format: str, columns: Mapping[str, str], confined: bool) -> Found:
    """The file that somebody named."""
    path = place_named(root, texts, what="file", is_there=Path.exists, confined=confined)
    if texts == ".":
        return Found(path=path, reader=reader_named(format or "folder"))
    return Found(path=path, reader=_of_file(path, format, columns), split=split_of_file(path.name))


def place_named(
    root: Path, name: str, *, what: str, is_there: Callable[[Path], bool], confined: bool
) -> Path:
    """What somebody named: of the source or (unless confined) any. Raises UnreadableSource."""
    base = root if root.is_dir() else root.parent
    path = base / name
    outside = f"'{name[:300]}' lies outside the source."
    # By its name first: of what lies outside, the disk is not even asked whether it is there.
    if confined and not is_below(path, base):
        raise UnreadableSource(outside)
    if not confined and not is_there(path) and is_there(Path(name)):
        path = Path(name)
    if "\x00" in name or not is_there(path):
        raise UnreadableSource(f"There is no {what} '{name[:300]}' in the source.")
    if confined and not path.resolve().is_relative_to(base.resolve()):
        raise UnreadableSource(outside)
    return path


def _of_file(path: Path, format: str, columns: Mapping[str, str]) -> Reader:
    if format:
        return reader_named(format)
    reader = _recognised(path) or _resembling(path, columns)
    if reader is None:
        raise UnknownFormat(f"{path} is in no format that is known here. Formats: {', '.join(READERS)}.")
    return reader


def _recognised(path: Path) -> Reader | None:
    return next((one for one in map(reader_named, READERS) if recognises(one, path)), None)


def _resembling(path: Path, columns: Mapping[str, str]) -> Reader | None:
    """For a table whose columns mean nothing to us: they are shown, and somebody says what they mean."""
    for name in ("json_rows", "table"):
        reader = reader_named(name)
        resembles = getattr(reader, "resembles", None)
        if resembles is not None and resembles(path):
            return reader
    return None


def _in_folder(root: Path, columns: Mapping[str, str]) -> list[Found]:
    for name in ("webdataset", "hf_dataset"):
        if recognises(reader_named(name), root):
            return [Found(path=root, reader=reader_named(name))]
    for name in MANIFESTS:
        if (root / name).is_file():
            return [Found(path=root / name, reader=_of_file(root / name, "", columns))]
    sidecars = _has_sidecars(root)
    folder = [Found(path=root, reader=reader_named("folder"))]
    parquet = reader_named("parquet")
    tables = _tables(root, columns)
    if sidecars and _is_img2dataset(root):  # Its Parquet lists what lies in its folders.
        tables = [one for one in tables if one.reader is not parquet]
    elif recognises(parquet, root):
        return [Found(path=root, reader=parquet)]
    groups = _groups(root, [one for one in tables if _names_images(one, columns)])
    if sidecars:
        groups.append(folder)
    if groups:
        return _chosen(root, groups)
    if recognises(reader_named("pages"), root):
        return [Found(path=root, reader=reader_named("pages"))]
    groups = _groups(root, tables)
    if recognises(folder[0].reader, root):
        groups.append(folder)
    if not groups:
        raise UnknownFormat(f"{root} is in no format that is known here. Formats: {', '.join(READERS)}.")
    return _chosen(root, groups)


def _chosen(root: Path, groups: list[list[Found]]) -> list[Found]:
    if len(groups) == 1:
        return groups[0]
    named = [(_name(root, one.path), one.reader.NAME) for group in groups for one in group[:SHOWN]][:SHOWN]
    listed = ", ".join(f"{name} ({format})" for name, format in named)
    raise SeveralSources(
        f"Several files could say what the rows are: {listed}. Choose one: --texts FILE, where . is the pictures "
        "themselves with the texts beside them.",
        candidates=[{"file": name, "format": format} for name, format in named],
    )


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _tables(root: Path, columns: Mapping[str, str]) -> list[Found]:
    """Files that a reader takes, but for the sidecars of pictures. In the order of their paths."""
    found = []
    for path, _ in zip(_texts(root), range(LOOKED_INTO), strict=False):
        if _has_no_captions(path):
            continue
        reader = _recognised(path) or (_resembling(path, columns) if path.suffix.lower() != ".txt" else None)
        if reader is not None and reader.NAME not in OF_FOLDERS:
            found.append(Found(path=path, reader=reader, split=_split(root, path)))
    return sorted(found, key=lambda one: one.path)


def _has_no_captions(path: Path) -> bool:
    """COCO's other annotations (boxes, outlines) are large: not parsed only to be passed over."""
    if path.suffix.lower() != ".json" or path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        coco = content.find(b'"images"') >= 0 and content.find(b'"annotations"') >= 0
        return coco and content.find(b'"caption"') < 0


def _texts(root: Path) -> Iterator[Path]:
    """Texts without a picture of their name beside them."""
    base = Path(root).absolute()
    pictures: set[str] = set()
    waiting: list[Path] = []
    folder: Path | None = None
    for named, why in walk(base):
        path = Path(named)
        if path.parent != folder:
            yield from _without_picture(waiting, pictures)
            folder, waiting, pictures = path.parent, [], set()
        if why or len(path.relative_to(base).parts) > DEPTH:
            continue
        suffix = path.suffix.lower()
        if suffix in PICTURES or not suffix:
            pictures |= {path.name.lower(), path.stem.lower()}
        elif suffix in TABLES:
            waiting.append(path)
    yield from _without_picture(waiting, pictures)


def _without_picture(paths: list[Path], pictures: set[str]) -> Iterator[Path]:
    for path in paths:
        if path.stem.lower() not in pictures and path.name != "manifest.json":
            yield path


def _split(root: Path, path: Path) -> str:
    """What its name says, or the folder that it is in among others that are splits."""
    base = root.absolute()
    top = path.relative_to(base).parts[0]
    return split_folders(base).get(top, "") or split_of_file(path.name)


def _names_images(found: Found, columns: Mapping[str, str]) -> bool:
    """Whether it is a format of images, or a column of it is known to hold them."""
    if found.reader.NAME not in OF_ANYTHING:
        return True
    try:
        known = found.reader.read(path=found.path, columns=columns).columns
    except Refusal:
        return False
    return known is None or bool({"image", "image_url"} & set(known.field_of.values()))


def _groups(root: Path, tables: list[Found]) -> list[list[Found]]:
    """Those of one format whose paths differ in splits and numbers only; metadata of several folders belongs together."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in tables:
        groups.setdefault((one.reader.NAME, _pattern(root, one.path)), []).append(one)
    return list(groups.values())


def _pattern(root: Path, path: Path) -> str:
    *folders, name = path.relative_to(root.absolute()).parts
    if name in MANIFESTS:
        return f"*/{name}"
    folders = ["*" if split_of_folder(folder) else re.sub(r"\d+", "*", folder) for folder in folders]
    words = re.split(r"([-_. ])", name.lower())
    said = ["*" if split_of_folder(word) or word.isdigit() else word for word in words]
    return "/".join([*folders, "".join(said)])


def _has_sidecars(root: Path) -> bool:
    """Whether one of the first pictures has a text beside it."""
    from annotation_server.formats.readers.folder import first_pictures

    return any(sidecars for _, sidecars in first_pictures(root, LOOKED_INTO))


def _is_img2dataset(root: Path) -> bool:
    """00000.parquet beside 00000/: it lists what its folder holds."""
    return any(path.with_suffix("").is_dir() for path in root.glob("*.parquet"))
