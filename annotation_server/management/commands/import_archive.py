"""manage.py import_archive DIR: a project as export_archive wrote it, on this server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotation_server.errors import InvalidSettings
from annotation_server.management.base import CommandProgress, ServerCommand
from annotation_server.queries.archives.archive_people import ArchivePerson, here_already, people_of
from annotation_server.steps.archives.import_archive import import_archive


class Command(ServerCommand):
    help = (
        "Make a project of an archive. The people whom it names become inactive accounts; invite them. Who has the name of an "
        "account here gets another one, unless you say with --same that it is the same person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive, under which name, and who of it is here."""
        parser.add_argument("folder", type=Path, help="what export_archive wrote")
        parser.add_argument("--project", default="", metavar="SLUG", help="another name than it had")
        parser.add_argument("--people", action="store_true", help="only list the people whom it names")
        parser.add_argument(
            "--same",
            action="append",
            default=[],
            metavar="NAME=ROLE",
            help="this person of the archive, in this role, is the account of that name here (may be repeated)",
        )

    def run(self, **options: Any) -> None:
        """One step."""
        folder: Path = options["folder"].absolute()
        confirmed = dict(_same(one) for one in options["same"])
        self._show(people_of(folder=folder), confirmed)
        if options["people"]:
            return
        with CommandProgress(unit="") as progress:
            project = import_archive(
                folder=folder,
                slug=options["project"],
                confirmed=confirmed,
                imported_by=None,
                progress=progress,
            )
        self.say(f"Project '{project.slug}' is here.")

    def _show(self, people: list[ArchivePerson], confirmed: dict[str, str]) -> None:
        here = here_already(usernames=[person.username for person in people])
        for person in people:
            if person.username not in here:
                becomes = "new here: an inactive account"
            elif person.username in confirmed:
                becomes = "the same as the account here: becomes its member and author"
            else:
                becomes = (
                    "another person has this name here: an inactive account of another name "
                    f"(the same person? --same {person.username}={person.role})"
                )
            self.say(f"{person.username} ({person.role or 'no member'}): {becomes}")


def _same(said: str) -> tuple[str, str]:
    name, equals, role = said.partition("=")
    if not equals:
        raise InvalidSettings(f"--same {said}: say the person's name and role, as in --same ana=annotator.")
    return name, role
