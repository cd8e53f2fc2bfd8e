"""manage.py api_tokens: which there are, and ending some."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.errors import NotFound
from annotation_server.management.base import ServerCommand, user_named
from annotation_server.models import ApiToken
from annotation_server.steps.people.make_api_token import revoke_api_token


class Command(ServerCommand):
    help = "List a user's API tokens, or revoke one of them (or all)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and which to end."""
        parser.add_argument("username")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--revoke", type=int, metavar="ID", help="the number in the list")
        which.add_argument("--revoke-all", action="store_true")

    def run(self, **options: Any) -> None:
        """One line a token."""
        live = ApiToken.objects.filter(user=user_named(options["username"])).select_related("project")
        rows = live.order_by("id")
        if options["revoke"] is not None and not rows.filter(pk=options["revoke"]).exists():
            raise NotFound(f"{options['username']} has no token {options['revoke']}.")
        for token in rows:
            if options["revoke_all"] or options["revoke"] == token.pk:
                revoke_api_token(token=token, revoked_by=None)
                token.refresh_from_db()
            self.say(_line(token))


def _line(token: ApiToken) -> str:
    state = (
        "revoked"
        if token.revoked_at
        else f"until {token.expires_at:%Y-%m-%d}"
        if token.expires_at
        else "live"
    )
    used = f"used {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
    where = token.project.slug if token.project else "all projects"
    return f"{token.pk:>6}  {token.scope:<9} {where:<20} {state:<17} {used:<22} {token.name}"
