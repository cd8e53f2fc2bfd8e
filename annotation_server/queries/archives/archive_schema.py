"""What a row of an archive may be, column by column, read from the models: types, choices, lengths, ranges. A stranger may have
written it, and COPY asks no model."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Literal

from django.apps import apps
from django.db import connection
from django.db.models import Field, JSONField
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    FiniteFloat,
    StringConstraints,
    ValidationError,
    create_model,
)
from pydantic import Field as Limit

from annotation_server.errors import UnreadableSource
from annotation_server.models import Project
from annotation_server.options.declared import kind_of
from annotation_server.options.launch_round import RoundSettings
from annotation_server.pictures.storage import EXTENSIONS
from annotation_server.queries.archives.archive_shapes import SHAPES, STORABLE, Text
from annotation_server.releases.row_index import DIGEST_BYTES
from annotation_server.texts.text import LONGEST_CAPTION

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# Clocks differ, and a task's lease may run for a day.
AHEAD = timedelta(days=1)
A_NAME = r"^[0-9A-Za-z_.-]*$"
HASH = r"^[0-9a-f]{64}$"
TABLE_NAMES = tuple(model._meta.db_table for model in apps.get_app_config("annotation_server").get_models())

# As a launch sets them.
OF_A_ROUND = ("annotators_per_image", "check_share", "control_share", "lease_minutes", "review_share", "seed")
# Where a column takes less than the database would.
LIMITS: dict[tuple[str, str], Any] = {
    ("project", "slug"): Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")],
    ("project", "language"): Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,35}$")],
    ("project", "captioner_recipe"): Annotated[str, StringConstraints(pattern=A_NAME, max_length=60)],
    ("project", "gate_metric"): Annotated[str, StringConstraints(pattern=A_NAME, max_length=40)],
    ("project", "caption_limit"): Annotated[int, Limit(ge=1, le=LONGEST_CAPTION)],
    **{("round", name): kind_of(RoundSettings, name) for name in OF_A_ROUND},
    ("captioner_run", "recipe"): Annotated[str, StringConstraints(pattern=A_NAME, max_length=60)],
    ("captioner_run", "checkpoint"): Literal[""],
    ("image", "sha256"): Annotated[str, StringConstraints(pattern=HASH)],
    ("image", "media_type"): Literal[tuple(EXTENSIONS)],
    ("training_set", "sha256"): Annotated[str, StringConstraints(pattern=HASH)],
    ("evaluation", "rows_sha256"): Annotated[str, StringConstraints(pattern=HASH)],
    ("export", "format"): Annotated[str, StringConstraints(pattern=r"^[0-9a-z_]{1,40}$")],
    ("export", "manifest_sha256"): Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")],
    ("export_image", "digests"): Annotated[
        str, StringConstraints(pattern=rf"^([0-9a-f]{{{2 * DIGEST_BYTES}}}){{1,64}}$")
    ],
    ("event", "verb"): Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,60}$")],
    ("event", "object_type"): Literal[TABLE_NAMES],
    ("event", "object_id"): Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z:-]{1,40}$")],
}

Check = Callable[[dict[str, Any], int], None]


def checked(*, table: str, columns: "list[Field[Any, Any]]") -> Check:
    """Asks a row and its number whether it may be one of that table. What it is asked raises UnreadableSource."""
    row_kind = _row_kind(table, tuple(columns))

    def check(row: dict[str, Any], number: int) -> None:
        try:
            row_kind.model_validate(row)
        except ValidationError as error:
            raise refusal(f"Row {number} of {table}", error) from error

    return check


@cache
def _row_kind(table: str, columns: "tuple[Field[Any, Any], ...]") -> type[BaseModel]:
    fields: dict[str, Any] = {column.attname: (_kind(table, column), ...) for column in columns}
    config = ConfigDict(extra="forbid", strict=True, protected_namespaces=())
    return create_model(table, __config__=config, **fields)


def refusal(what: str, error: ValidationError) -> UnreadableSource:
    """The first thing that is wrong, by name. Never the value: it may be long, and is a stranger's."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part)[:60] for part in first["loc"][:6])
    return UnreadableSource(f"{what} of the archive cannot be taken: {place}: {first['msg'][:200]}.")


def _kind(table: str, column: "Field[Any, Any]") -> Any:
    kind = SHAPES[table, column.attname] if isinstance(column, JSONField) else _scalar(table, column)
    # Without one, a line of the audit log would be the site's.
    of_project = column.remote_field is not None and column.remote_field.model is Project
    return kind | None if column.null and not of_project else kind


def _scalar(table: str, column: "Field[Any, Any]") -> Any:
    if limited := LIMITS.get((table, column.attname)):
        return limited
    if column.remote_field is not None:
        # An archive is of one project, its first row.
        return Literal[1] if column.remote_field.model is Project else Annotated[int, Limit(ge=1)]
    if column.choices:
        words = tuple(str(value) for value, _ in column.flatchoices)
        return Literal[(*words, "") if column.blank else words]
    return _of_type(column)


def _has_been(moment: datetime) -> datetime:
    if moment > datetime.now(UTC) + AHEAD:
        raise ValueError("is in the future")
    return moment


def _of_type(column: "Field[Any, Any]") -> Any:
    name = column.get_internal_type()
    smallest, largest = connection.ops.integer_field_range(name) if "Integer" in name else (None, None)
    if largest is not None:
        return Annotated[int, Limit(ge=smallest, le=largest)]
    kinds: dict[str, Any] = {
        "BooleanField": bool,
        "FloatField": FiniteFloat,
        "DateTimeField": Annotated[
            AwareDatetime, Limit(strict=False, ge=EARLIEST), AfterValidator(_has_been)
        ],
        "UUIDField": Annotated[
            str, StringConstraints(pattern=r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")
        ],
        "BinaryField": Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})*$", max_length=4_096)],
        "TextField": Text,
        "CharField": Annotated[str, StringConstraints(max_length=column.max_length, pattern=STORABLE)],
        "SlugField": Annotated[str, StringConstraints(max_length=column.max_length, pattern=STORABLE)],
    }
    return kinds[name]
