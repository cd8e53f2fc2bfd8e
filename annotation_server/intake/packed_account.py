"""The page of the ledger that tells of an archive's members, or of a repository's files."""

from typing import Any

from annotation_server.formats.readers.ledger import OTHER_REASONS, Kind, Ledger
from annotation_server.intake.reasons import reason_of
from annotation_server.intake.unpacked import Unpacked


def account_of(left_out: Unpacked) -> list[dict[str, Any]]:
    """Nothing where there was no archive."""
    ledger = Ledger()
    ledger.use(Kind.MEMBER, left_out.members)
    for one in left_out.skipped:
        ledger.leave(Kind.MEMBER, reason_of(one["reason"]), example=one["name"])
    if more := left_out.skipped_count - len(left_out.skipped):
        ledger.leave(Kind.MEMBER, OTHER_REASONS, count=more)
    return ledger.as_json()
