"""The server's commands as they are run for real, timed with their memory; and the database that they work on."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotation_server.embedded.servers import EmbeddedServers

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One command."""

    rows: int
    seconds: float
    cpu_seconds: float
    peak_mb: float

    @property
    def rows_per_s(self) -> float:
        return self.rows / self.seconds


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder to work in, and the process whose CPU time is Postgres's."""

    folder: Path
    postgres: int


@contextmanager
def started() -> Iterator[Place]:
    """A database of our own, migrated, with Django set up; and a folder. Both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="altogether-bench-"))
    try:
        with EmbeddedServers(var=folder) as servers:
            os.environ |= {
                "DATABASE_URL": servers.addresses.database_url,
                "REDIS_URL": servers.addresses.redis_url,
                "ALTOGETHER_VAR": str(folder),
                "DJANGO_SETTINGS_MODULE": "annotation_server.settings",
                "LOG_LEVEL": "WARNING",
            }
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            yield Place(folder=folder, postgres=servers.process_ids()["Postgres"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def manage(*arguments: str | Path, rows: int) -> Timed:
    """Run a command of the server and measure it."""
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        peak_mb = watch_memory(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command[2:])}\n{said.read().decode()[-2_000:]}")
    return Timed(rows=rows, seconds=seconds, cpu_seconds=used.ru_utime + used.ru_stime, peak_mb=peak_mb)


def watch_memory(process: int) -> float:
    """Wait until the process has ended; its largest resident size in MiB (wait4 counts ours too, from before its exec)."""
    peak = 0
    while True:
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:
            return peak / 1024
        found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        if not found:  # It has ended and waits to be asked.
            return peak / 1024
        peak = max(peak, int(found[0].split()[1]))
        time.sleep(0.05)


def import_into(slug: str, source: Path, *options: str, rows: int) -> Timed:
    """By the command, into a new project or one that is there."""
    return manage("import_images", source, "--project", slug, "--create", *options, rows=rows)


def export(slug: str, format: str, folder: Path, *, rows: int, pictures: bool) -> Timed:
    """Round 1 by the command."""
    with_pictures = ["--images"] if pictures else []
    return manage(
        "export_round", slug, "1", "--format", format, "--output", folder, *with_pictures, rows=rows
    )


def say(what: str, timed: Timed) -> None:
    """A line of the table."""
    print(
        f"{what:<48} {timed.rows:>9,} rows {timed.rows_per_s:>9,.1f} rows/s "
        f"{timed.cpu_seconds / timed.rows * 1_000:>7.2f} ms CPU/row {timed.peak_mb:>7.1f} MB",
        flush=True,
    )
