"""Typed readers of environment variables. A value that cannot be meant ends the program with one line that says what can."""

import codecs
import difflib
import ipaddress
import os
import sys
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable, or what the file named by NAME_FILE holds (for secrets), or the default where it is empty."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name) or default
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        sys.exit(f"{name}_FILE={path!r}: the file cannot be read ({error}).")


def flag(name: str, default: bool = False) -> bool:
    """1, true, yes, on are true; 0, false, no, off are false; anything else is an error."""
    value = text(name).strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    sys.exit(f"{name}={value!r}: use 1 or 0.")


def number(name: str, default: int, *, least: int = 1) -> int:
    """A whole number, `least` or more."""
    value = text(name)
    try:
        given = int(value) if value else default
    except ValueError:
        given = least - 1
    if given < least:
        sys.exit(f"{name}={value!r}: use a whole number, {least} or more.")
    return given


def cosine(name: str, default: float) -> float:
    """A number above 0 and up to 1."""
    value = text(name)
    try:
        given = float(value) if value else default
    except ValueError:
        given = 0.0
    if not 0 < given <= 1:
        sys.exit(f"{name}={value!r}: use a number above 0, up to 1.")
    return given


def choice(name: str, default: str, *, of: tuple[str, ...]) -> str:
    """One of a closed list of values; the error names them, and the one that looks most like what was written."""
    value = text(name, default)
    if value in of:
        return value
    near = difflib.get_close_matches(value.lower(), [one.lower() for one in of], n=1)
    meant = next((f" Did you mean {one}?" for one in of if near and one.lower() == near[0]), "")
    sys.exit(f"{name}={value!r}: use {', '.join(of[:-1])} or {of[-1]}.{meant}")


def encoding(name: str, default: str) -> str:
    """The name of a character encoding that Python knows."""
    value = text(name, default)
    try:
        return codecs.lookup(value).name
    except LookupError:
        sys.exit(f"{name}={value!r}: no such encoding. Write cp437, cp932, gb18030 …")


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def networks(name: str) -> list[str]:
    """Networks such as 10.1.0.0/16, separated by commas."""
    given = words(name)
    for one in given:
        try:
            ipaddress.ip_network(one)
        except ValueError as error:
            sys.exit(f"{name}: {error}. Write networks such as 10.1.0.0/16, separated by commas.")
    return given


def address(name: str, *, schemes: tuple[str, ...]) -> str:
    """An address that starts with one of the schemes, or nothing. The error does not repeat it: it may hold a password."""
    value = text(name)
    if value and value.partition("://")[0] not in schemes:
        sys.exit(f"{name} cannot be read. Start it with {' or '.join(f'{one}://' for one in schemes)}.")
    return value
