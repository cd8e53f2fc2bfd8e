"""manage.py first_owner: somebody who may do everything on an empty site, and how they sign in."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.management.base import ServerCommand
from annotation_server.management.web_server import add_url_argument, no_server_note
from annotation_server.models import User
from annotation_server.steps.people.add_person import add_person
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link

OTHERS_SHOWN = 5


class Command(ServerCommand):
    help = (
        "Make the first owner of the site if it has none, and print a one-time sign-in link for owners who have no "
        "password yet. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where the site is."""
        parser.add_argument("username", nargs="?", default="owner", help="what a first owner is called")
        add_url_argument(parser)

    def run(self, **options: Any) -> None:
        """One owner, or those that there are."""
        if not _owners():
            add_person(username=options["username"], owner=True)
        with_password = []
        for owner in _owners():
            if owner.has_usable_password():
                with_password.append(owner.username)
            else:
                self.say(
                    f"{owner.username} signs in here, once: {options['url']}/sign-in/{make_sign_in_link(user=owner)}"
                )
        if with_password:
            self.say(
                f"{', '.join(with_password[:OTHERS_SHOWN])} signs in with a password. "
                "Forgotten? manage.py sign_in_links NAME makes a link."
            )
        self.note(no_server_note(url=options["url"]))


def _owners() -> list[User]:
    return list(User.objects.filter(is_superuser=True, is_active=True).order_by("pk"))
