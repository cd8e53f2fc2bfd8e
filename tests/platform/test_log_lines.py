"""Lines of the server's log: only records begin at the left edge."""

import logging

from annotation_server.log_lines import LogLines

FORGED = "2026-12-01 00:00:00,000 CRITICAL django.security FORGED"


def test_what_strangers_wrote_begins_no_line() -> None:
    formatter = LogLines("{levelname} {message}", style="{")
    try:
        raise ValueError(f"There is no file 'x\n{FORGED}\r{FORGED}\x1b[2J'")
    except ValueError as error:
        record = logging.LogRecord(
            "n",
            logging.ERROR,
            "p",
            1,
            "said %s",
            (f"a\u2028b\n{FORGED}",),
            (type(error), error, error.__traceback__),
        )
    lines = formatter.format(record).split("\n")
    assert lines[0] == "ERROR said a\ufffdb"
    assert len(lines) > 4
    assert all(line.startswith("    ") for line in lines[1:])
    assert not any(ord(character) < 32 for line in lines for character in line)
