"""The splits that somebody names, checked in one place."""

from collections.abc import Iterable

from annotation_server.choices import Split
from annotation_server.errors import InvalidSettings


def refuse_unknown_splits(names: Iterable[str]) -> None:
    """Raises InvalidSettings."""
    if unknown := set(names) - set(Split.values):
        raise InvalidSettings(f"Unknown split '{min(unknown)}': use {' or '.join(Split.values)}.")
