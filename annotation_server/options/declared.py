"""What a set of options is made of: the frozen model, and the kinds of values that several sets have.

One declaration says what a request's body may hold (api/declared_schema.py describes it in the OpenAPI document),
which arguments a command takes (management/declared_arguments.py), what a form of the browser starts with
(frontend/scripts/generate_types.mjs), and what is read back from the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from annotation_server.choices import Split
from annotation_server.texts.text import UNSTORABLE


class Options(BaseModel):
    """A set of options. One that is there is within its bounds: making one with a wrong value raises ValidationError."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, str_strip_whitespace=True
    )

    def stored(self) -> dict[str, Any]:
        """As JSON, which the same declaration reads back."""
        return self.model_dump(mode="json")


def kind_of(declaration: type[BaseModel], name: str) -> Any:
    """A field's type with its bounds."""
    return type_of(declaration.model_fields[name])


def type_of(field: FieldInfo) -> Any:
    """The same, of the field itself."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


@dataclass(frozen=True)
class OneOf:
    """A word of these, in `Annotated[str, OneOf(…)]`."""

    words: tuple[str, ...]

    def __init__(self, words: Iterable[str]) -> None:
        object.__setattr__(self, "words", tuple(words))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))


def most_members(most: int) -> BeforeValidator:
    """For a mapping that may have so many members: they are counted before one of them is looked at."""

    def counted(given: Any) -> Any:
        if isinstance(given, dict) and len(given) > most:
            told = {"field_type": "Dictionary", "max_length": most, "actual_length": len(given)}
            raise PydanticKnownError("too_long", told)
        return given

    return BeforeValidator(counted)


def _storable(text: str) -> str:
    if UNSTORABLE.search(text):
        raise ValueError("It has a character U+0000, which cannot be stored.")
    return text


MOST_NAMES = 1_000
LARGEST_SEED = 2**31 - 1

Text = Annotated[str, AfterValidator(_storable)]
# Of a source or a domain: many images have none.
Name = Annotated[Text, Field(max_length=200)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]
Share = Annotated[float, Field(ge=0, le=1)]
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Splits = Annotated[list[Annotated[str, OneOf(Split.values)]], Field(max_length=len(Split))]
