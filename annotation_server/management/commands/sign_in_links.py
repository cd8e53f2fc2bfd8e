"""manage.py sign_in_links: fresh one-time links."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.demo_data.people import DEMO_PEOPLE
from annotation_server.errors import NotFound
from annotation_server.management.base import ServerCommand, user_named
from annotation_server.management.web_server import add_url_argument, no_server_note
from annotation_server.models import User
from annotation_server.steps.people.use_sign_in_link import make_sign_in_link


class Command(ServerCommand):
    help = "Print a fresh one-time sign-in link per person: those named, or the demo's admin, reviewer and annotators."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For whom."""
        parser.add_argument("usernames", nargs="*")
        add_url_argument(parser)
        parser.add_argument("--hours", type=int, default=24, help="how long the links last")

    def run(self, **options: Any) -> None:
        """One line a person."""
        names = options["usernames"] or [
            name for name in DEMO_PEOPLE if User.objects.filter(username=name).exists()
        ]
        if not names:
            raise NotFound("There is nobody to sign in yet. Run manage.py seed_demo or add_person.")
        width = max(len(name) for name in names)
        for name in names:
            secret = make_sign_in_link(user=user_named(name), hours=options["hours"])
            self.say(f"{name.ljust(width)}  {options['url']}/sign-in/{secret}")
        self.note(no_server_note(url=options["url"]))
