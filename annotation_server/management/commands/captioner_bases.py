"""manage.py captioner_bases: pre-trained captioners that projects may start from."""

from argparse import ArgumentParser
from typing import Any

from annotation_server.errors import NotFound
from annotation_server.management.base import ServerCommand, user_named
from annotation_server.models import BaseCheckpoint
from annotation_server.steps.bases.register_base import register_base
from annotation_server.steps.bases.remove_base import remove_base


class Command(ServerCommand):
    help = "List the base checkpoints; register one (--folder or --repository), or remove one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and where it is."""
        parser.add_argument("name", nargs="?", help="of the one to register or remove")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--folder", default="", help="where it lies below CAPTIONER_BASES")
        what.add_argument("--repository", default="", help="of the hub: OWNER/NAME or OWNER/NAME@REVISION")
        what.add_argument("--remove", action="store_true")
        parser.add_argument("--note", default="", help="its data, licence, purpose")
        parser.add_argument("--by", help="the username of who does it")

    def run(self, **options: Any) -> None:
        """One step, if one is asked for, then the list."""
        name, by = options["name"], user_named(options["by"]) if options["by"] else None
        if name is not None and options["remove"]:
            base = BaseCheckpoint.objects.filter(name=name).first()
            if base is None:
                raise NotFound(f"There is no base '{name}'.")
            remove_base(base=base, removed_by=by)
        elif name is not None:
            register_base(
                name=name,
                folder=options["folder"],
                repository=options["repository"],
                note=options["note"],
                registered_by=by,
            )
        for base in BaseCheckpoint.objects.all():
            self.say(_line(base))


def _line(base: BaseCheckpoint) -> str:
    where = base.folder or base.repository
    fits = ", ".join(recipe for recipe, misfit in base.misfits.items() if not misfit) or "no recipe"
    found = f"{base.parameters:,} parameters, fits {fits}" if base.sha256 else base.error
    return f"{base.name}  {base.state}  {where}  {base.sha256[:12]}  {found}".rstrip()
