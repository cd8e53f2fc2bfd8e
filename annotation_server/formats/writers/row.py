"""One row of an export, as every writer gets it: an image with its texts and what people made of them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ExportCaption:
    """What one annotator handed in for the image in one round, and what they had before them."""

    round: int
    slot: int
    text: str
    caption_id: int
    parent_id: int | None
    annotator: str
    state: str
    verdict: str
    late: bool
    seconds: float | None
    starting_source: str
    starting_text: str
    draft: dict[str, Any] | None = None
    concepts: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What an export as a whole is about."""

    project: str
    name: str
    language: str
    round: int
    rounds: list[int]


@dataclass(frozen=True, kw_only=True)
class ExportRow:
    """`caption` is the text to train on, `caption_source` where it is from: the exported round (`caption`), a captioner
    (`draft`), or the alt-text that the mix has put in its place (`alt_text`). `captions` are those of all rounds, in order.

    `picture` is the upright rendition without metadata, where the export holds pictures.
    """

    sha256: str
    split: str
    caption: str
    caption_source: str
    alt_texts: list[str]
    captions: list[ExportCaption]
    source: str
    domain: str
    licence: str
    source_key: str
    source_url: str
    width: int
    height: int
    face_boxes: list[list[float]]
    picture: Path | None = None

    @property
    def picture_name(self) -> str:
        """Where formats with picture files put it; empty without pictures."""
        return f"images/{self.sha256[:2]}/{self.sha256}.webp" if self.picture else ""

    def in_round(self, number: int) -> str:
        """The first slot's text of that round; empty when there was none."""
        return next((one.text for one in self.captions if one.round == number), "")
