"""What became of the alt-texts' phrases in a caption, as annotators and reviewers say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotation_server.choices import ConceptOutcome, DropReason
from annotation_server.errors import InvalidSettings

IS_IN_THE_CAPTION = {ConceptOutcome.KEPT, ConceptOutcome.KEPT_ON_TRUST}


@dataclass(frozen=True, kw_only=True)
class ConceptOutcomeGiven:
    """What the annotator did with one phrase of the alt-text."""

    phrase: str
    outcome: ConceptOutcome
    reason: DropReason | None = None


def refuse_idle_reasons(given: Sequence[ConceptOutcomeGiven]) -> None:
    """Raises InvalidSettings."""
    for one in given:
        if one.reason and one.outcome != ConceptOutcome.DROPPED:
            raise InvalidSettings(
                f"'{one.phrase}' was not dropped, so it has no reason. Leave the reason out."
            )


def holds_in(*, text: str, phrase: str, outcome: ConceptOutcome) -> bool:
    """Whether the answer may be true of that text: a phrase that was kept is there, one that was dropped is not."""
    return (phrase.casefold() in text.casefold()) == (outcome in IS_IN_THE_CAPTION)
