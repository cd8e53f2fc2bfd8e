"""What somebody chooses when a captioner run is to caption a project's images, and what is stored with the export."""

from typing import Annotated

from pydantic import Field

from annotation_server.options.declared import Options, Splits


class CaptioningChoices(Options):
    """Which images (no split: all), and whether the captioner sees their alt-texts."""

    with_alt_text: Annotated[bool, Field(description="Whether the captioner sees the alt-texts.")] = True
    splits: Annotated[Splits, Field(description="Only images of this split.")] = []


class CaptioningOptions(CaptioningChoices):
    """`through_image`: later images are left out, so that a job that is taken up again goes on with the same ones."""

    through_image: Annotated[int, Field(ge=0, le=2**63 - 1)]
