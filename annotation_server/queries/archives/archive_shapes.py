"""What stands in each JSON column of an archive: its schema, with bounds on length, size and depth. One that is missing here
fails `test_every_json_column_has_a_schema`."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, FiniteFloat, StringConstraints, with_config
from typing_extensions import TypedDict

from annotation_server.choices import ConceptOutcome, DropReason
from annotation_server.options.caption_images import CaptioningOptions
from annotation_server.options.export_round import ExportOptions
from annotation_server.options.launch_round import ImageChoice, LevelNames
from annotation_server.pictures.faces import MOST_BOXES

MOST_DEPTH = 12
MOST_VALUES = 200_000
LARGEST_NUMBER = 2**63 - 1
# No NUL: Postgres has no place for it. (A lone surrogate is no text to the library.)
STORABLE = r"^[^\x00]*$"
# A file of a release as our writers name them: below its folder, and no part of the name is hidden or leads up.
RELATIVE_NAME = r"^[0-9A-Za-z_][0-9A-Za-z_.=-]{0,199}(/[0-9A-Za-z_][0-9A-Za-z_.=-]{0,199}){0,7}$"


def plain(value: Any) -> Any:
    """JSON that is neither deep nor large, with numbers that every program reads."""
    waiting, count = [(value, 1)], 0
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if depth > MOST_DEPTH or count > MOST_VALUES:
            raise ValueError(f"is deeper than {MOST_DEPTH} levels or has more than {MOST_VALUES:,} values")
        if isinstance(one, dict):
            waiting += ((key, depth) for key in one)
            waiting += ((child, depth + 1) for child in one.values())
        elif isinstance(one, list):
            waiting += ((child, depth + 1) for child in one)
        elif isinstance(one, str):
            if "\x00" in one:
                raise ValueError("has a character U+0000, which cannot be stored")
        elif isinstance(one, (int, float)) and not abs(one) <= LARGEST_NUMBER:
            raise ValueError("has a number that is too large")
    return value


Plain = Annotated[dict[str, Any], AfterValidator(plain)]
Text = Annotated[str, StringConstraints(max_length=1_000_000, pattern=STORABLE)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=STORABLE)]
Words = Annotated[list[Word], Field(max_length=50)]
Name = Annotated[str, StringConstraints(max_length=200, pattern=STORABLE)]
Names = Annotated[list[Name], Field(max_length=1_000)]
Id = Annotated[int, Field(ge=1)]
Ids = Annotated[list[Id], Field(max_length=100_000)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Box = Annotated[list[Annotated[float, Field(ge=-1e7, le=1e7)]], Field(min_length=4, max_length=4)]
Token = Annotated[tuple[Text, FiniteFloat | None], Field(strict=False)]


@with_config(ConfigDict(extra="allow", strict=True))
class Sample(TypedDict, total=False):
    """What a captioner wrote for one held-out image, which is found by its hash in the same project."""

    sha256: Sha256
    alt_text: Text | None
    reference: Text | None
    with_alt: Text | None
    without_alt: Text | None


@with_config(ConfigDict(extra="allow", strict=True))
class Report(TypedDict, total=False):
    """What the pages of a run read; the captioner writes more."""

    samples: Annotated[list[Sample], Field(max_length=1_000)]
    warnings: Annotated[list[Text], Field(max_length=1_000)]
    losses: Annotated[
        list[Annotated[list[FiniteFloat | None], Field(min_length=2, max_length=2)]],
        Field(max_length=100_000),
    ]


@with_config(ConfigDict(extra="allow", strict=True))
class ManifestFile(TypedDict):
    """A file of an export."""

    name: Annotated[str, StringConstraints(pattern=RELATIVE_NAME, max_length=1_000)]
    bytes: Count
    sha256: Sha256


@with_config(ConfigDict(extra="allow", strict=True))
class Manifest(TypedDict):
    """Of an export."""

    files: list[ManifestFile]
    row_count: Count


@with_config(ConfigDict(extra="forbid", strict=True))
class Changes(TypedDict):
    """Rows that differ from the export before."""

    added: Count
    changed: Count
    gone: Count


@with_config(ConfigDict(extra="forbid", strict=True))
class StartedFrom(TypedDict, total=False):
    """rules/captioner_start.py"""

    base: Name
    run: Id
    name: Name
    sha256: Sha256


def _one_of(names: list[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"is none of {', '.join(names)}")
        return value

    return check


Spans = Annotated[
    list[Annotated[list[Count], Field(min_length=2, max_length=2)]],
    Field(max_length=100_000),
]


@with_config(ConfigDict(extra="forbid", strict=True))
class Decided(TypedDict):
    """What somebody decided on one phrase of the alt-texts."""

    phrase: Annotated[str, StringConstraints(max_length=500, pattern=STORABLE)]
    outcome: Annotated[str, AfterValidator(_one_of(ConceptOutcome.values))]
    reason: Annotated[str, AfterValidator(_one_of(DropReason.values))] | None


# By table and column.
SHAPES: dict[tuple[str, str], Any] = {
    ("captioner_run", "started_from"): StartedFrom,
    ("project", "review_level_names"): LevelNames,
    ("project", "skip_reasons"): Words,
    ("project", "flag_reasons"): Words,
    ("project", "release_reasons"): Words,
    ("image", "face_boxes"): Annotated[list[Box], Field(max_length=MOST_BOXES)],
    ("alt_text", "phrases"): Annotated[list[Text], Field(max_length=100_000)],
    ("lesson", "has"): Annotated[list[Words], Field(max_length=50)],
    ("lesson", "lacks"): Words,
    ("round", "review_level_names"): LevelNames,
    ("round", "people"): Ids,
    ("round", "cohort_shares"): Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,18}$")], Share],
        Field(max_length=10_000),
    ],
    ("round", "image_choice"): ImageChoice,
    ("captioner_run", "settings"): Plain,
    ("captioner_run", "report"): Annotated[Report, AfterValidator(plain)],
    ("draft_set", "decode"): Plain,
    ("draft", "token_logprobs"): Annotated[list[Token], Field(max_length=100_000)],
    ("working_copy", "concepts"): Annotated[list[Decided], Field(max_length=1_000)],
    ("draft", "unsure"): Spans,
    ("task", "draft_unsure"): Spans,
    ("review", "anchor"): Annotated[list[Count], Field(min_length=2, max_length=2)],
    ("adjudication", "seen"): Ids,
    ("evaluation", "metrics"): Annotated[dict[Name, FiniteFloat | None], Field(max_length=1_000)],
    ("export", "options"): ExportOptions | CaptioningOptions,
    ("export", "manifest"): Manifest,
    ("export", "changes"): Changes,
    ("event", "before"): Plain,
    ("event", "after"): Plain,
}
