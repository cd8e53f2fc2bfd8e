"""What became of each row of an import: counted, and told for those that need a person's eyes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from annotation_server.formats.row_journal import RowJournal

# A million refused rows must neither fill the memory nor the job's row in the database.
KEPT_ROWS = 1_000
# So many of them are stored again with each chunk, for an import that is taken up again.
SAVED_ROWS = 100


class Outcome(StrEnum):
    """Every row has one."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


@dataclass(kw_only=True)
class ImportReport:
    """`notes` are outcomes worth knowing of rows that were taken, `refusals` the refused rows; both only the first ones.
    The `journal` has them all."""

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
    journal: RowJournal | None = None

    @classmethod
    def resumed(cls, *, saved: dict[str, Any], journal: RowJournal | None) -> "ImportReport":
        """As it was when `saved` was taken (empty: at the beginning)."""
        report = cls(journal=journal)
        report.rows.update({outcome.value: saved.get(outcome.value, 0) for outcome in Outcome})
        report.reasons.update(saved.get("reasons", {}))
        for name in ("alt_texts", "captions", "joined_clusters", "refusals", "notes"):
            setattr(report, name, saved.get(name, getattr(report, name)))
        return report

    @property
    def done(self) -> int:
        """How many rows have their outcome."""
        return self.rows.total()

    def take(self, *, number: int, name: str, outcome: Outcome) -> None:
        """The row was imported, or was there already."""
        self.rows[outcome] += 1
        if self.journal:
            self.journal.add(number=number, name=name, outcome=outcome)

    def refuse(self, *, number: int, name: str, reason: str) -> None:
        """The row was not taken."""
        self.rows[Outcome.REFUSED] += 1
        self.reasons[reason if reason in self.reasons or len(self.reasons) < KEPT_ROWS else "other"] += 1
        if len(self.refusals) < KEPT_ROWS:
            self.refusals.append({"row": number, "name": name, "reason": reason})
        if self.journal:
            self.journal.add(number=number, name=name, outcome=Outcome.REFUSED, reason=reason)

    def note(self, *, number: int, name: str, text: str) -> None:
        """The row was taken, with a difference that its owner should know."""
        if len(self.notes) < KEPT_ROWS:
            self.notes.append({"row": number, "name": name, "note": text})
        if self.journal:
            self.journal.add(number=number, name=name, outcome="note", reason=text)

    def to_save(self) -> dict[str, Any]:
        """What `resumed` needs, of a bounded size."""
        found = self.as_json()
        return found | {name: found[name][:SAVED_ROWS] for name in ("refusals", "notes")}

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


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """How an import that can be taken up again goes on: `report` is that of the rows that have their outcome, and `save` is
    called with it in the transaction of each chunk."""

    report: ImportReport
    save: Callable[[ImportReport], object]
