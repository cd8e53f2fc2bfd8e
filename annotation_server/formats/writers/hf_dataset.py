"""A Hugging Face dataset on disk: Parquet files for each split and a dataset card, as `load_dataset(folder)` and the hub
take it."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow

from annotation_server.formats.writers.parquet import RowWriter, schema
from annotation_server.formats.writers.parts import Part, Parts
from annotation_server.formats.writers.row import Contents, ExportRow

NAME = "hf_dataset"
ROWS_PER_FILE = 5_000


def write(*, rows: Iterable[ExportRow], parts: Parts, contents: Contents) -> None:
    """data/train-00000-of-00002.parquet … and README.md."""
    (parts.folder / "data").mkdir()
    make = partial(RowWriter, described=_described(schema(pictures=True)))
    open_parts: dict[str, Part] = {}
    counts: Counter[str] = Counter()
    licences: set[str] = set()
    for row in rows:
        if counts[row.split] % ROWS_PER_FILE == 0:
            if row.split in open_parts:
                open_parts[row.split].close()
            number = counts[row.split] // ROWS_PER_FILE
            open_parts[row.split] = parts.open(f"data/{row.split}-{number:05d}.partial", make)
        open_parts[row.split].add(row)
        counts[row.split] += 1
        licences.add(row.licence)
    for part in open_parts.values():
        part.close()
    for split in counts:
        _name_parts(parts.folder / "data", split)
    (parts.folder / "README.md").write_text(_card(contents, counts, licences), encoding="utf-8", newline="\n")


def _name_parts(folder: Path, split: str) -> None:
    """How many there are is known only now."""
    parts = sorted(folder.glob(f"{split}-*.partial"))
    for number, part in enumerate(parts):
        part.rename(folder / f"{split}-{number:05d}-of-{len(parts):05d}.parquet")


def _described(plain: Any) -> Any:
    """The schema with the library's own description of it: without that a picture is a pair of bytes and path."""
    features = {field.name: _feature(field.type) for field in plain} | {"image": {"_type": "Image"}}
    return plain.with_metadata({"huggingface": json.dumps({"info": {"features": features}})})


def _feature(kind: Any) -> Any:
    if pyarrow.types.is_list(kind):
        return {"feature": _feature(kind.value_type), "_type": "List"}
    if pyarrow.types.is_struct(kind):
        return {field.name: _feature(field.type) for field in kind}
    names = {"double": "float64"}
    return {"dtype": names.get(str(kind), str(kind)), "_type": "Value"}


def _card(contents: Contents, counts: Counter[str], licences: set[str]) -> str:
    files = "".join(f"  - split: {split}\n    path: data/{split}-*.parquet\n" for split in sorted(counts))
    known = ", ".join(sorted(licence for licence in licences if licence)) or "not stated"
    return f"""---
language:
- {json.dumps(contents.language)}
task_categories:
- image-to-text
- text-to-image
configs:
- config_name: default
  data_files:
{files}---

# {json.dumps(contents.name, ensure_ascii=False)[1:-1]}, round {contents.round}

Captions made by editing alt-texts in rounds, exported from the project `{contents.project}` of an Altogether server.
{sum(counts.values())} images: {", ".join(f"{counts[split]} {split}" for split in sorted(counts)) or "none"}.

- `caption` is the text of round {contents.round}; `caption_source` says if it is a person's, a captioner's or the alt-text.
- `alt_texts` came with the image; `rounds` has every round's text with its parent, starting text and draft.
- `image` is upright, without metadata, its longer side at most 1600 pixels.

Licences of the images: {known}.
"""
