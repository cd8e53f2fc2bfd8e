"""The embedded Postgres: its data folder, its options, its one database."""

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from annotation_server.embedded.binaries import Account, postgres_account, postgres_programs
from annotation_server.embedded.credentials import Credentials
from annotation_server.embedded.errors import CannotStart
from annotation_server.embedded.processes import last_line, spawn

DATABASE = "altogether"
OWNER = "altogether"
# Some only a superuser may create: made in the template, so that every database (the tests' too) has them.
EXTENSIONS = ("vector", "pg_trgm")
START_SECONDS = 60.0
# "Fast" shutdown: sessions are cut off, everything committed is written, no recovery at the next start.
END_SIGNAL = signal.SIGINT
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Postgres:
    """`durable=False` is for tests: faster, and lost when the machine stops."""

    folder: Path
    log: Path
    port: int
    credentials: Credentials
    lock: int
    durable: bool = True

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}:{self.credentials.postgres_owner}@127.0.0.1:{self.port}/{DATABASE}"

    def start(self) -> subprocess.Popen[bytes]:
        account = postgres_account()
        programs = postgres_programs(account)
        data = self.folder / "data"
        if not data.exists():
            self._make_data_folder(programs, account)
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            *(() if self.durable else NOT_DURABLE),
        ]
        return spawn(
            command=[programs / "postgres", "-D", _here(data, account), *_options(settings)],
            log=self.log,
            folder=data,
            environment=_environment(),
            end_signal=END_SIGNAL,
            account=account,
            inherited=[self.lock],
        )

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        give_up_at = time.monotonic() + START_SECONDS
        while True:
            try:
                with self._connect_as_superuser("postgres") as connection:
                    self._prepare(connection)
                return
            except psycopg.OperationalError as error:
                if process.poll() is not None:
                    raise CannotStart(f"Postgres did not start: {last_line(self.log)}") from error
                if time.monotonic() > give_up_at:
                    raise CannotStart(
                        f"Postgres did not answer within {START_SECONDS:.0f} s: {error}"
                    ) from error
                time.sleep(0.02)

    def _make_data_folder(self, programs: Path, account: Account) -> None:
        """Make it under another name first: a killed initdb leaves nothing that looks finished."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="unfinished-") as unfinished:
            data = Path(unfinished, "data")
            data.mkdir(mode=0o700)
            with tempfile.TemporaryFile() as password:
                password.write(self.credentials.postgres_superuser.encode())
                password.flush()
                if account.user is not None and account.group is not None:
                    os.chown(data, account.user, account.group)
                    os.fchown(password.fileno(), account.user, account.group)
                command = [str(programs / "initdb"), "-D", str(_here(data, account)), "--username=postgres"]
                command += ["--auth=scram-sha-256", f"--pwfile=/dev/fd/{password.fileno()}"]
                command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
                command += [] if self.durable else ["--no-sync"]
                made = subprocess.run(
                    command,
                    cwd=data,
                    env=_environment(),
                    capture_output=True,
                    text=True,
                    pass_fds=[password.fileno()],
                    check=False,
                    user=account.user,
                    group=account.group,
                    extra_groups=account.extra_groups,
                )
            if made.returncode != 0:
                reason = (made.stderr or made.stdout).strip().splitlines()[-1:]
                raise CannotStart(
                    f"Postgres could not make its data folder {self.folder}: {' '.join(reason)}"
                )
            data.rename(self.folder / "data")

    def _prepare(self, connection: psycopg.Connection) -> None:
        """The database and its owner, at the first start. The database comes last: where it is, all is."""
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        with self._connect_as_superuser("template1") as template:
            for extension in EXTENSIONS:
                template.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )
        owner = sql.Identifier(OWNER)
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            # CREATEDB for the tests' databases.
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                    owner, self.credentials.postgres_owner
                )
            )
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner))

    def _connect_as_superuser(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=self.credentials.postgres_superuser,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )


def forget_stale_pid(folder: Path) -> None:
    """Remove what a killed Postgres left: its number may be taken by now, in containers above all.

    Only for the holder of the lock, which every process of that Postgres held too: none of them is left.
    """
    (folder / "data" / "postmaster.pid").unlink(missing_ok=True)


def _here(data: Path, account: Account) -> Path:
    """How Postgres, started in its data folder, names it: another account may not enter the folders above."""
    return data if account.is_ours else Path("/proc/self/cwd")


def _environment() -> dict[str, str]:
    """Nothing of ours: PGHOST, PGPORT and their like would change what the programs do."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _options(settings: list[str]) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]
