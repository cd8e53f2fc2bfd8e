"""manage.py deactivate_person: somebody leaves, or comes back."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand, user_named
from annotation_server.steps.people.change_member import deactivate_person, reactivate_person


class Command(ServerCommand):
    help = "End a person's access: sessions and tokens die, their open tasks go to others; their work stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, or whom back."""
        parser.add_argument("username")
        parser.add_argument("--undo", action="store_true", help="let them sign in again")

    def run(self, **options: Any) -> None:
        """One step."""
        user = user_named(options["username"])
        if options["undo"]:
            reactivate_person(user=user, reactivated_by=None)
            self.say(f"{user.username} can sign in again.")
        else:
            handed_over = deactivate_person(user=user, deactivated_by=None)
            self.say(f"{user.username} cannot sign in any more; {handed_over} tasks went back to the others.")
