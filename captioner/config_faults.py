"""What is wrong with settings, in plain words: a line for each fault, with the dotted name of its setting."""

import json
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

# What a setting must be, by pydantic's name of the fault; in braces, what pydantic tells about the bound.
MUST_BE: Final = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dataclass_type": "a group of settings",
    "finite_number": "a finite number",
    "float_parsing": "a number",
    "float_type": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "one of {expected}",
    "string_too_short": "a text that is not empty",
    "string_type": "a text",
    "too_long": "a list of {max_length} values",
    "tuple_type": "a list",
}
SHOWN_CHARACTERS: Final = 80


def faults(error: ValidationError) -> list[str]:
    """A sentence for each fault, in the order of the settings."""
    return [_fault(detail) for detail in error.errors(include_url=False)]


def must_be(detail: ErrorDetails) -> str:
    """What the value must be, and what it is: "must be 1 or more, not 0"."""
    kind = MUST_BE.get(detail["type"])
    wanted = detail["msg"] if kind is None else f"must be {kind.format(**_bounds(detail))}"
    return f"{wanted}, not {_shown(detail['input'])}"


def _fault(detail: ErrorDetails) -> str:
    name = ".".join(map(_part, detail["loc"]))
    match detail["type"]:
        case "json_invalid":
            return f"The settings are not JSON: {detail['ctx']['error']}."
        case "value_error":
            return str(detail["ctx"]["error"])
        case "missing":
            return f"{name} is missing."
        case "unexpected_keyword_argument":
            return f"There is no setting {name}."
        case _:
            return f"{name or 'A file of settings'} {must_be(detail)}."


def _bounds(detail: ErrorDetails) -> dict[str, Any]:
    """Bounds as people write them: 0 instead of 0.0."""
    bounds = detail.get("ctx", {})
    return {name: f"{value:g}" if isinstance(value, float) else value for name, value in bounds.items()}


def _part(part: int | str) -> str:
    """A part of a name on one line, whatever characters a file has there."""
    return str(part) if isinstance(part, int) or part.isidentifier() else _shown(part)


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
