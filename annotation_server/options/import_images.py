"""How a source is read and what its rows do not say themselves: as somebody says it, and as an import takes it."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from annotation_server.choices import Split
from annotation_server.formats.readers import READERS
from annotation_server.formats.readers.column_names import KNOWN, known_field
from annotation_server.options.declared import Name, OneOf, Options, Text, most_members

MOST_COLUMNS = 1_000


def _known(field: str) -> str:
    if not known_field(field):
        raise ValueError(f"No field '{field}'. Fields: {', '.join(KNOWN)}, round1, round2 …, ignore.")
    return field


Place = Annotated[Text, Field(max_length=1_000)]
Columns = Annotated[
    dict[
        # A column is called as it is, blanks and all.
        Annotated[Text, StringConstraints(max_length=1_000, strip_whitespace=False)],
        Annotated[Text, Field(max_length=40), AfterValidator(_known)],
    ],
    Field(max_length=MOST_COLUMNS),
    most_members(MOST_COLUMNS),
]


class Reading(Options):
    """How the source is read."""

    format: Annotated[
        str, OneOf(["", *READERS]), Field(description="Only if it is not recognised by its content.")
    ] = ""
    texts: Annotated[
        Place,
        Field(
            description="The file of the source that says what the rows are, if several could; . is the pictures themselves."
        ),
    ] = ""
    images: Annotated[
        Place,
        Field(description="The folder of the source that the pictures are in, if rows do not lead there."),
    ] = ""
    encoding: Annotated[
        Text,
        Field(
            max_length=60,
            description="Of CSV, TSV and JSON Lines that are not UTF-8 (or UTF-16 with a mark): cp1252, iso-8859-1, gb18030 …",
        ),
    ] = ""
    columns: Annotated[Columns, Field(description="Which field a column is, where the guess is wrong.")] = {}


class _Rows(Reading):
    split: Annotated[str, OneOf(["", *Split.values]), Field(description="Of rows that name no split.")] = ""
    source: Annotated[Name, Field(description="Of rows that name no source.")] = ""
    domain: Annotated[Name, Field(description="Of rows that name no domain.")] = ""
    licence: Annotated[Name, Field(description="Of rows that name no licence.")] = ""
    repair_texts: Annotated[bool, Field(description="Undo wrong decodings (mojibake) and HTML entities.")] = (
        False
    )


class ImportChoices(_Rows):
    """How the source is read, what goes for rows that do not say it themselves, and whether pictures alone will do."""

    without_texts: Annotated[bool, Field(description="Pictures without a single text are what you want.")] = (
        False
    )


class ImportOptions(_Rows):
    """`confined`: pictures outside the source's own folder are refused. `processes`: 0 is one a processor. `texts_expected`: a
    source with pictures and no text is refused before anything is imported."""

    confined: bool = False
    processes: Annotated[int, Field(ge=0)] = 0
    texts_expected: bool = False


def import_options(choices: ImportChoices) -> ImportOptions:
    """What somebody chose, as an import takes it."""
    rows = {name: getattr(choices, name) for name in _Rows.model_fields}
    return ImportOptions.model_validate(rows | {"texts_expected": not choices.without_texts})
