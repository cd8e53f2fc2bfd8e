"""Which split a file or folder says by its name: train-00000-of-00002.parquet, captions_val2017.json, test/."""

import re
from pathlib import Path, PurePath

from annotation_server.choices import Split
from annotation_server.formats.readers.column_names import SPLITS

# What may stand beside the split in a file's name. Any other word makes it a name of something else: test_run_of_monday.
BESIDE = {
    *("of", "all", "part", "shard", "data", "dataset", "metadata", "meta", "caption", "captions", "annotations", "images"),
    *("image", "set", "split", "v1", "v2", "coco", "flickr8k", "flickr30k", "nocaps", "textcaps", "vizwiz", "wit"),
}  # fmt: skip
# train, train-00000-of-00004, val_2017, test.0 …; not test_run_of_monday.
NAME = re.compile(r"([a-z]+)(?:[-_.]?\d[\da-f]*(?:-of-\d+)?(?:-[\da-f]+)?)?")
EXTENSIONS = {"csv", "tsv", "json", "jsonl", "ndjson", "parquet", "arrow", "txt", "gz", "tar"}
WORD = re.compile(r"([a-z]+)(?:\d{4})?|\d+|[a-z]+\d+[a-z]*")


def split_of_name(name: str) -> str:
    """Of a file's name without its suffix, or a folder's; empty when it says none."""
    found = NAME.fullmatch(name.lower())
    return SPLITS[found[1]].value if found and found[1] in SPLITS else ""


def split_of_path(path: PurePath, *, below: PurePath) -> str:
    """Of a file's own name, else of the nearest folder below the source's."""
    names = [path.stem, *(folder.name for folder in path.parents if below in folder.parents)]
    return next((split for name in names if (split := split_of_name(name))), "")


def split_of_file(name: str) -> str:
    """The split of a file's rows; empty if its name says none, or more than one."""
    words = [word for word in re.split(r"[-_. ]+", PurePath(name).name.lower()) if word]
    while len(words) > 1 and words[-1] in EXTENSIONS:
        words.pop()
    splits = {said for word in words if (said := _split(word))}
    beside = (word for word in words if not _split(word) and word not in BESIDE and not word.isdigit())
    return splits.pop() if len(splits) == 1 and not any(beside) else ""


def split_of_folder(name: str) -> str:
    """The split that a folder's whole name says: train, val2017."""
    return _split(name.lower())


def split_folders(root: Path) -> dict[str, str]:
    """The folders directly in `root` that are splits, with theirs; none unless one of them is for training: `test/` alone may
    be anything."""
    if not root.is_dir():
        return {}
    said = {entry.name: split for entry in root.iterdir() if (split := split_of_folder(entry.name))}
    return said if Split.TRAIN in said.values() else {}


def _split(word: str) -> str:
    found = WORD.fullmatch(word)
    said = SPLITS.get(word) or (SPLITS.get(found[1]) if found and found[1] else None)
    return said.value if said else ""
