"""One row of an export, as every writer gets it: an image with its texts and what people made of them."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from annotation_server.pictures.encoding import JPEG_START, MEDIA_TYPES, media_type_of


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
    """What an export as a whole is about. `byte_order_mark`: a text file begins with one, for spreadsheets."""

    project: str
    name: str
    language: str
    round: int
    rounds: list[int]
    byte_order_mark: bool = False


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
    image_url: str
    page_url: str
    width: int
    height: int
    face_boxes: list[list[float]]
    picture: Path | None = None

    @cached_property
    def picture_name(self) -> str:
        """Where formats with picture files put it; empty without pictures."""
        if self.picture is None:
            return ""
        with self.picture.open("rb") as file:
            media_type = media_type_of(file.read(len(JPEG_START)))
        return f"images/{self.sha256[:2]}/{self.sha256}.{MEDIA_TYPES[media_type]}"

    def in_round(self, number: int) -> str:
        """The first slot's text of that round; empty when there was none."""
        return next((one.text for one in self.captions if one.round == number), "")
