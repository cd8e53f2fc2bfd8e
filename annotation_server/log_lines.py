"""Lines of the log: what strangers wrote in one begins no other."""

import logging
import re

# All but the line feed, which is kept and indented: of a traceback, or of somebody's text.
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class LogLines(logging.Formatter):
    """Only records begin at the left edge, and no character steers a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, and the others, if it has any, indented."""
        return CONTROLS.sub("\ufffd", super().format(record)).replace("\n", "\n    ")
