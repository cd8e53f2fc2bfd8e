"""What every command shares: a refusal or a missing database is one line and exit code 1; progress is a bar on a terminal,
plain lines otherwise."""

import sys
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


class _Bar(tqdm):  # type: ignore[type-arg]
    """A bar that is redrawn in place."""

    # No thread beside the work, which starts processes.
    monitor_interval = 0


class _Lines(_Bar):
    """A plain line now and then."""

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        """Called by tqdm when a line is due."""
        of = f" of {self.total:,} {self.unit}".rstrip() if self.total else ""
        self.fp.write(f"{on_one_line(self.desc)}: {self.n:,}{of}\n")
        self.fp.flush()


class CommandProgress:
    """A `Progress`: a bar on a terminal, else a line every few seconds and one at the end."""

    def __init__(self, *, unit: str = "rows") -> None:
        self.unit = unit
        self._bar: _Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, *, done: int, total: int, message: str) -> None:
        """Say how far the work got."""
        if self._bar is None:
            self._bar = self._begun()
        bar = self._bar
        known, ended = bar.n, bool(total) and done == total
        bar.total = total or None
        bar.set_description_str(on_one_line(message), refresh=False)
        if not bar.update(done - bar.n) and ended and done != known:
            bar.refresh()

    def _begun(self) -> _Bar:
        # `miniters`: a look at the clock with each call.
        if sys.stderr.isatty():
            return _Bar(file=sys.stderr, unit=self.unit, dynamic_ncols=True, miniters=0)
        # `gui`: tqdm leaves the drawing to `display` alone.
        return _Lines(file=sys.stderr, unit=self.unit, mininterval=PLAIN_EVERY_SECONDS, miniters=0, gui=True)


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
