"""What became of each row of an import: counted, and told for those that need a person's eyes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from annotation_server.formats.readers.ledger import OTHER_REASONS, ROW_REFUSED, Kind
from annotation_server.intake.reasons import EXAMPLE_LENGTH, reason_of
from annotation_server.intake.row_journal import RowJournal
from annotation_server.texts.text import on_one_line

# A million refused rows must neither fill the memory nor the job's row in the database.
KEPT_ROWS = 1_000
# So many of them are stored again with each chunk, for an import that is taken up again.
SAVED_ROWS = 100
REASONS_LIMIT = 100


class Outcome(StrEnum):
    """Every row has one."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


RESUMED = ("alt_texts", "captions", "joined_clusters", "left_texts", "examples", "refusals", "notes")


@dataclass(kw_only=True)
class ImportReport:
    """`notes` are outcomes worth knowing of rows that were taken, `refusals` the refused rows; both only the first ones.
    The `journal` has them all. `reasons` are few (see reasons.py); `examples` has the first refusal of each, in full.
    `left_texts` were not stored although the reader handed them on. `spare_columns` count only where another one is
    empty. `account` is the source's ledger when all rows were read, `members` that of the archive that it was unpacked from."""

    format: str = ""
    rows: Counter[str] = field(default_factory=Counter)
    alt_texts: int = 0
    captions: int = 0
    joined_clusters: int = 0
    left_texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)
    spare_columns: dict[str, str] = field(default_factory=dict)
    account: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    journal: RowJournal | None = None

    @classmethod
    def resumed(cls, *, saved: dict[str, Any], journal: RowJournal | None) -> "ImportReport":
        """As it was when `saved` was taken (empty: at the beginning)."""
        report = cls(journal=journal)
        report.rows.update({outcome.value: saved.get(outcome.value, 0) for outcome in Outcome})
        report.reasons.update(saved.get("reasons", {}))
        for name in RESUMED:
            setattr(report, name, saved.get(name, getattr(report, name)))
        return report

    @property
    def done(self) -> int:
        """How many rows have their outcome."""
        return self.rows.total()

    @property
    def nothing_came_in(self) -> bool:
        """No picture and no text, and none that was there already."""
        taken = self.rows[Outcome.IMPORTED] + self.rows[Outcome.ALREADY_THERE]
        return taken + self.alt_texts + self.captions == 0

    def take(self, *, number: int, name: str, outcome: Outcome) -> None:
        """The row was imported, or was there already."""
        self.rows[outcome] += 1
        if self.journal:
            self.journal.add(number=number, name=name, outcome=outcome)

    def refuse(self, *, number: int, name: str, reason: str, texts: int = 0) -> None:
        """The row was not taken, nor its texts."""
        self.rows[Outcome.REFUSED] += 1
        self.leave_texts(ROW_REFUSED, count=texts, example=name)
        few = reason_of(reason)
        if few not in self.reasons and len(self.reasons) >= REASONS_LIMIT:
            few = OTHER_REASONS
        self.reasons[few] += 1
        self.examples.setdefault(few, _shown(f"row {number}, {name}: {reason}"))
        if len(self.refusals) < KEPT_ROWS:
            self.refusals.append({"row": number, "name": _shown(name), "reason": _shown(reason)})
        if self.journal:
            self.journal.add(number=number, name=name, outcome=Outcome.REFUSED, reason=reason)

    def note(self, *, number: int, name: str, text: str) -> None:
        """The row was taken, with a difference that its owner should know."""
        if len(self.notes) < KEPT_ROWS:
            self.notes.append({"row": number, "name": _shown(name), "note": _shown(text)})
        if self.journal:
            self.journal.add(number=number, name=name, outcome="note", reason=text)

    def leave_texts(self, reason: str, *, count: int, example: str) -> None:
        """So many texts of a row were not stored, because `reason`: one of a few."""
        if count:
            left = self.left_texts.setdefault(reason, {"count": 0, "example": _shown(example)})
            left["count"] += count

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
            "left_texts": self.left_texts,
            "reasons": dict(self.reasons.most_common()),
            "examples": self.examples,
            "refusals": self.refusals,
            "notes": self.notes,
            "columns": self.columns,
            "unknown_columns": self.unknown_columns,
            "spare_columns": self.spare_columns,
            "account": [self._without_left(page) for page in [*self.account, *self.members]],
        }

    def _without_left(self, page: dict[str, Any]) -> dict[str, Any]:
        """The source handed all texts on with their rows; some of them were left after that."""
        if page["kind"] != Kind.TEXT:
            return page
        count = sum(left["count"] for left in self.left_texts.values())
        reasons = {one["reason"]: one for one in page["reasons"]}
        for reason, left in self.left_texts.items():
            before = reasons.get(reason, {"reason": reason, "count": 0, "example": left["example"]})
            reasons[reason] = {**before, "count": before["count"] + left["count"]}
        return {
            **page,
            "used": page["used"] - count,
            "left": page["left"] + count,
            "reasons": list(reasons.values()),
        }


def _shown(text: str) -> str:
    return on_one_line(text[:EXAMPLE_LENGTH])


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """How an import that can be taken up again goes on: `report` is that of the rows that have their outcome, `save` is called
    with it in the transaction of each chunk, and `end` in that of the last writes."""

    report: ImportReport
    save: Callable[[ImportReport], object] = lambda report: None
    end: Callable[[ImportReport], object] = lambda report: None
