"""The dataset card (README.md) of an export: it tells `datasets.load_dataset(folder)` and the hub which files hold the rows,
so that neither the manifest nor the pictures are taken for them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from annotation_server.formats.writers.columns import Kind, card_features
from annotation_server.formats.writers.row import Contents, ExportRow

CARD = "README.md"
# Of files whose rows are of several splits: by a name that nobody takes for training data alone.
MIXED = "train_and_eval"


@dataclass(kw_only=True)
class Tally:
    """What a card says of the rows."""

    splits: Counter[str] = field(default_factory=Counter)
    licences: set[str] = field(default_factory=set)
    has_pictures: bool = False

    def counted(self, rows: Iterable[ExportRow]) -> Iterator[ExportRow]:
        """The same rows, each counted."""
        for row in rows:
            self.splits[row.split] += 1
            self.licences.add(row.licence)
            self.has_pictures |= row.picture is not None
            yield row

    @property
    def name(self) -> str:
        """Of all rows as one split."""
        return next(iter(self.splits)) if len(self.splits) == 1 else MIXED


def write_card(
    *,
    folder: Path,
    contents: Contents,
    tally: Tally,
    files: Mapping[str, str],
    features: Mapping[str, Kind] | None = None,
    settings: Mapping[str, str] | None = None,
) -> None:
    """`files`: split → the pattern of its files. `features`: what the rows hold, where the files do not say it themselves.
    `settings`: further arguments for the library's reader of such files. Without a row no files are named."""
    named = [{"split": split, "path": pattern} for split, pattern in files.items() if tally.splits]
    head: dict[str, Any] = {
        "language": [contents.language],
        "task_categories": ["image-to-text", "text-to-image"],
    }
    if named:
        head["configs"] = [{"config_name": "default", "data_files": named, **(settings or {})}]
    if features:
        head["dataset_info"] = {"features": card_features(features)}
    text = f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1_000)}---\n\n{_words(contents, tally)}"
    (folder / CARD).write_text(text, encoding="utf-8", newline="\n")


def _words(contents: Contents, tally: Tally) -> str:
    counts = ", ".join(f"{tally.splits[split]} {split}" for split in sorted(tally.splits)) or "none"
    licences = ", ".join(sorted(licence for licence in tally.licences if licence)) or "not stated"
    return f"""# {json.dumps(contents.name, ensure_ascii=False)[1:-1]}, round {contents.round}

Captions made by editing alt-texts in rounds, exported from the project `{contents.project}` of an Altogether server.
{tally.splits.total()} images: {counts}. `split` says which of them are held out: do not train on `eval`.

- `caption` is the text of round {contents.round}; `caption_source` says if it is a person's, a captioner's or the alt-text.
- `alt_texts` came with the image; `rounds` has every round's text with its parent, starting text and draft.
- Pictures are upright, without metadata, their longer side at most 1600 pixels.

Licences of the images: {licences}.
"""
