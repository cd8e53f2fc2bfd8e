"""What somebody chooses for an export of a round, and what is stored with the export."""

from typing import Annotated

from pydantic import Field

from annotation_server.formats.writers import WRITERS
from annotation_server.options.declared import Names, OneOf, Options, Seed, Share, Splits

TEXTS = ("caption", "draft")


class ExportChoices(Options):
    """What to export: which rows, which text, with or without the pictures. Empty lists mean all."""

    images: Annotated[bool, Field(description="With the pictures (upright, without metadata).")] = False
    text: Annotated[
        str,
        OneOf(TEXTS),
        Field(description="People's captions, or the drafts of the captioner they trained."),
    ] = "caption"
    mix: Annotated[
        Share | None,
        Field(description="That text with this probability, else the image's first alt-text."),
    ] = None
    mix_seed: Annotated[Seed, Field(description="Another seed draws other images for the mix.")] = 0
    accepted_only: Annotated[bool, Field(description="Without captions that wait for a verdict.")] = True
    control: Annotated[bool, Field(description="Also captions of the round's control arm.")] = False
    byte_order_mark: Annotated[
        bool, Field(description="Of csv: begin with one, so that spreadsheets read UTF-8.")
    ] = False
    splits: Annotated[Splits, Field(description="Only images of this split.")] = []
    sources: Annotated[Names, Field(description="Only images of this source.")] = []
    domains: Annotated[Names, Field(description="Only images of this domain.")] = []


class ExportAsked(ExportChoices):
    """An export of a round: what of it, and as what."""

    format: Annotated[str, OneOf(sorted(WRITERS)), Field(description="How the files are written.")] = "jsonl"


class ExportOptions(ExportChoices):
    """What was chosen, and `faces_blurred`: without faces in the pictures, as the project says when the export is asked for.

    `mix`: each image has that text with this probability, else its first alt-text. Whether it has is drawn by its hash and
    `mix_seed`, so the images of a small share are among those of a larger one.
    """

    faces_blurred: bool = False
