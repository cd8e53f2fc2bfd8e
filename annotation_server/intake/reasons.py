"""Reasons that are few: a refusal without what differs from row to row, so that a thousand missing files are one reason."""

import re

EXAMPLE_LENGTH = 300
# A limit is the same for all rows, and so is what a server answers: those numbers stay.
SAID = r"(?<!at most )(?<!more than )(?<!answers )"
DIFFERS = (
    (re.compile(r"\(.*\)", re.DOTALL), "(…)"),
    (re.compile(r"(?<!\w)'.*?'(?!\w)", re.DOTALL), "'…'"),
    (re.compile(r'(?<!\w)".*?"(?!\w)', re.DOTALL), "'…'"),
    (re.compile(r"https?://\S+"), "…"),
    (re.compile(SAID + r"(?<![\w.,-])\d+(?:[.,]\d+)*(?!\w)"), "…"),
)


def reason_of(message: str) -> str:
    """`There is no file 'x.jpg'.` → `There is no file '…'.`: names in quotes, details in parentheses and numbers go."""
    for pattern, instead in DIFFERS:
        message = pattern.sub(instead, message)
    return message[:EXAMPLE_LENGTH]
