"""What every command shares: a refusal or a missing database is one line and exit code 1; progress is a bar on a terminal,
plain lines otherwise."""

import sys
import time
from types import TracebackType
from typing import Any, Self

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from annotation_server.errors import NotFound, Refusal
from annotation_server.models import Project, Round, User
from annotation_server.texts.text import on_one_line

PLAIN_EVERY_SECONDS = 5.0


class ServerCommand(BaseCommand):
    """Write `run` instead of `handle`. Exit codes: 0 done, 1 failed, 2 wrong usage."""

    def run(self, **options: Any) -> None:
        """The command's work. Raises Refusal with a reason for people."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and turn what was expected to go wrong into one line."""
        try:
            self.run(**options)
        except Refusal as refusal:
            raise CommandError(on_one_line(refusal.message)) from refusal
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
            raise CommandError(
                f"The database cannot be reached ({reason}). Start it with `make demo`, or check DATABASE_URL."
            ) from error

    def say(self, text: str) -> None:
        """One line for people. What strangers wrote in it neither breaks it nor steers the terminal."""
        self.stdout.write(on_one_line(text))
        self.stdout.flush()

    def note(self, text: str | None) -> None:
        """A line beside what the command prints, where there is one."""
        if text is not None:
            self.stderr.write(text)


class CommandProgress:
    """Called with (done, total, message). A bar on a terminal, else a line every few seconds."""

    def __init__(self, *, unit: str = "rows") -> None:
        self.on_terminal = sys.stderr.isatty()
        self.unit = unit
        self.bar: tqdm[Any] | None = None
        self._told, self._told_at = -1, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, *, done: int, total: int, message: str) -> None:
        """Say how far the work got."""
        if self.on_terminal:
            self.bar = self.bar or tqdm(unit=self.unit, dynamic_ncols=True)
            self.bar.total = total or None
            self.bar.n = done
            self.bar.set_description_str(message)
        elif done != self._told and (
            time.monotonic() - self._told_at >= PLAIN_EVERY_SECONDS or (total and done == total)
        ):
            self._told, self._told_at = done, time.monotonic()
            sys.stderr.write(
                f"{message}: {done:,} of {total:,} {self.unit}\n" if total else f"{message}: {done:,}\n"
            )
            sys.stderr.flush()


def project_named(slug: str) -> Project:
    """Raises NotFound, naming what there is."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        known = ", ".join(Project.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
        raise NotFound(f"There is no project '{slug}'. Projects: {known}.")
    return project


def round_numbered(project: Project, number: int) -> Round:
    """Raises NotFound, naming what there is."""
    round = Round.objects.filter(project=project, number=number).select_related("project").first()
    if round is None:
        last = Round.objects.filter(project=project).count()
        raise NotFound(f"Project '{project.slug}' has no round {number}; it has {last or 'none'} so far.")
    return round


def user_named(username: str) -> User:
    """Raises NotFound."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(
            f"There is no user '{username}'. Make one: manage.py add_person {username} --project P."
        )
    return user
