"""One row of an import source, as every reader hands it on."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class ImportRow:
    """An image and what came with it. `name` is what the report calls the row.

    `picture` is where the bytes are: a file, the bytes themselves, or an http(s) address. A row that could not be read has a
    `problem`: it is refused with that reason and the import goes on. Its picture is then at most the file that it names, its
    texts are those that can be read nevertheless.
    `captions` are texts of earlier rounds, by number.
    """

    number: int
    name: str
    picture: Path | bytes | str | None = None
    alt_texts: list[str] = field(default_factory=list)
    split: str = ""
    source: str = ""
    domain: str = ""
    licence: str = ""
    source_key: str = ""
    image_url: str = ""
    page_url: str = ""
    face_boxes: list[list[float]] = field(default_factory=list)
    captions: dict[int, list[str]] = field(default_factory=dict)
    problem: str = ""

    @property
    def text_count(self) -> int:
        """Alt-texts and captions."""
        return len(self.alt_texts) + sum(map(len, self.captions.values()))
