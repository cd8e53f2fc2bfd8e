"""What the annotators were told, to be compared with the database at the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """A submission that the server said it has."""

    caption: int
    task: int
    annotator: int
    text: str


@dataclass
class Ledger:
    """Kept by all annotators together."""

    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)
    #: Sent, and neither acknowledged nor refused: it may be stored or not.
    unanswered: set[str] = field(default_factory=set)
    lost_answers: int = 0
    held_by_two: list[int] = field(default_factory=list)
    _holders: dict[int, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def hold(self, *, annotator: int, tasks: Iterable[int]) -> None:
        """The server says that the annotator holds these."""
        with self._lock:
            for task in tasks:
                if self._holders.setdefault(task, annotator) != annotator:
                    self.held_by_two.append(task)

    def let_go(self, *, task: int) -> None:
        """The annotator is about to hand it in or give it up: from now on somebody else may have it."""
        with self._lock:
            self._holders.pop(task, None)

    def acknowledge(self, *, submission_id: str, answer: dict[str, Any], annotator: int) -> None:
        """The server has it."""
        self.unanswered.discard(submission_id)
        self.acknowledged[submission_id] = Acknowledged(
            caption=answer["id"], task=answer["task"], annotator=annotator, text=answer["text"]
        )
