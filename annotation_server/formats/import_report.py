"""What became of each row of an import: counted, and told for those that need a person's eyes."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# A million refused rows must neither fill the memory nor the job's row in the database.
KEPT_ROWS = 1_000


class Outcome(StrEnum):
    """Every row has one."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


@dataclass(kw_only=True)
class ImportReport:
    """`notes` are outcomes worth knowing of rows that were taken, `refusals` the refused rows; both only the first ones."""

    format: str = ""
    rows: Counter[str] = field(default_factory=Counter)
    alt_texts: int = 0
    captions: int = 0
    joined_clusters: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many rows have their outcome."""
        return self.rows.total()

    def refuse(self, *, number: int, name: str, reason: str) -> None:
        """The row was not taken."""
        self.rows[Outcome.REFUSED] += 1
        self.reasons[reason if reason in self.reasons or len(self.reasons) < KEPT_ROWS else "other"] += 1
        if len(self.refusals) < KEPT_ROWS:
            self.refusals.append({"row": number, "name": name, "reason": reason})

    def note(self, *, number: int, name: str, text: str) -> None:
        """The row was taken, with a difference that its owner should know."""
        if len(self.notes) < KEPT_ROWS:
            self.notes.append({"row": number, "name": name, "note": text})

    def as_json(self) -> dict[str, Any]:
        """For the job's result and the command's --json."""
        return {
            "format": self.format,
            "rows": self.done,
            **{outcome.value: self.rows[outcome] for outcome in Outcome},
            "alt_texts": self.alt_texts,
            "captions": self.captions,
            "joined_clusters": self.joined_clusters,
            "reasons": dict(self.reasons.most_common()),
            "refusals": self.refusals,
            "notes": self.notes,
            "columns": self.columns,
            "unknown_columns": self.unknown_columns,
        }
