"""What is wrong with a value that a declaration does not take, in the same words wherever it was said: in a request, on a
command line, in a file."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from annotation_server.errors import InvalidSettings
from annotation_server.options.declared import Options

Declared = TypeVar("Declared", bound=Options)

LONGEST_VALUE = 60
KINDS_OF_VALUES = {
    "int": "A valid integer is required.",
    "float": "A valid number is required.",
    "finite_number": "A valid number is required.",
    "bool": "Must be a valid boolean.",
    "string": "Not a valid string.",
}
EXPECTED = {
    "list_type": 'Expected a list of items but got type "{}".',
    "dict_type": 'Expected a dictionary of items but got type "{}".',
    "model_type": "Invalid data. Expected a dictionary, but got {}.",
}
SENTENCES = {
    "missing": "This field is required.",
    "greater_than_equal": "Ensure this value is greater than or equal to {ge}.",
    "less_than_equal": "Ensure this value is less than or equal to {le}.",
    "string_too_long": "Ensure this field has no more than {max_length:,} characters.",
    "string_too_short": "This field may not be blank.",
    "value_error": "{error}",
}


def sentence(error: ErrorDetails, *, fields: Sequence[str] = ()) -> str:
    """One of pydantic's errors for people. `fields` are those of the set that it is in."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        takes = f"It takes: {', '.join(fields)}." if fields else "It takes none."
        return f"This call has no such field. {takes} Leave this one out."
    if kind in SENTENCES:
        return SENTENCES[kind].format(**context)
    if given is None:
        return "This field may not be null."
    if kind in {"enum", "literal_error"}:
        return f'"{str(given)[:LONGEST_VALUE]}" is not a valid choice. Use {_words(context["expected"])}.'
    if kind == "too_long":
        what = "elements" if context["field_type"] == "List" else "members"
        return f"{len(given):,} {what}: send at most {context['max_length']:,} at once."
    if kind in EXPECTED:
        return EXPECTED[kind].format(type(given).__name__)
    return KINDS_OF_VALUES.get(kind) or KINDS_OF_VALUES[kind.split("_")[0]]


def _words(expected: str) -> str:
    """pydantic's "'train' or 'eval'" without its quotes; an empty word is what is left out."""
    return expected.replace("'', ", "").replace("'", "")


def faults(error: ValidationError, *, of: type[BaseModel]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each fault of a set of options: where it is, and what it is. Fields that there are not go alone, as the rest may be meant
    for another call."""
    found = error.errors(include_url=False)
    strange = [one for one in found if one["type"] == "extra_forbidden"]
    for one in strange or found:
        place = tuple(step for step in one["loc"] if step != "[key]")
        yield place, sentence(one, fields=_fields(of, place[:-1]))


def _fields(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The fields of the set at that place."""
    for step in place:
        if isinstance(step, str):
            model = _model_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _model_in(kind: Any) -> type[BaseModel] | None:
    """The set of options that a field's type is, or is a list of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for one in get_args(kind) if (found := _model_in(one))), None)


def settings_from(*, declaration: type[Declared], given: dict[str, Any]) -> Declared:
    """The options of a command or of our own code. Raises InvalidSettings with every fault."""
    try:
        return declaration.model_validate(given)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, place))}: {text}" for place, text in faults(error, of=declaration)]
        raise InvalidSettings(" ".join(told)) from error
