"""manage.py compare_exports BEFORE AFTER: what was added, changed and gone between two exports in jsonl."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from annotation_server.management.base import ServerCommand
from annotation_server.steps.exports.compare_exports import compare_exports


class Command(ServerCommand):
    help = "Tell what changed between two exports in jsonl: a line an image, then the counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two folders."""
        parser.add_argument("before", type=Path)
        parser.add_argument("after", type=Path)

    def run(self, **options: Any) -> None:
        """One step."""
        counts: Counter[str] = Counter()
        for change in compare_exports(before=options["before"], after=options["after"]):
            counts[change.kind] += 1
            fields = f": {', '.join(change.fields)}" if change.fields else ""
            self.say(f"{change.kind} {change.sha256}{fields}")
        self.say(f"{counts['added']:,} added, {counts['changed']:,} changed, {counts['gone']:,} gone.")
