"""Both embedded servers of one folder, from start to stop."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from annotation_server.embedded import lock, postgres
from annotation_server.embedded.addresses import (
    Addresses,
    lock_path,
    remember_addresses,
    remembered_addresses,
)
from annotation_server.embedded.credentials import read_or_make_credentials
from annotation_server.embedded.errors import CannotStart
from annotation_server.embedded.postgres import Postgres
from annotation_server.embedded.processes import free_port, stop
from annotation_server.embedded.valkey import Valkey

RESTART_SECONDS = 15.0


@dataclass(slots=True)
class _Running:
    name: str
    server: Postgres | Valkey
    process: subprocess.Popen[bytes]
    end_signal: signal.Signals


class EmbeddedServers:
    """Starts the servers, keeps them running, stops them. One whose address is given is used as it is.

    Use it in the main thread: the servers end with the thread that started them.
    """

    def __init__(
        self,
        *,
        var: Path,
        database_url: str | None = None,
        redis_url: str | None = None,
        durable: bool = True,
    ) -> None:
        self.var = var.resolve()
        self.database_url = database_url
        self.redis_url = redis_url
        self.durable = durable
        self._running: list[_Running] = []
        self._lock: int | None = None
        self._addresses: Addresses | None = None

    @property
    def addresses(self) -> Addresses:
        if self._addresses is None:
            raise RuntimeError("the embedded servers are not started")
        return self._addresses

    def start(self) -> Addresses:
        """Both servers, ready to answer. Raises CannotStart with the reason."""
        try:
            self._start()
        except OSError as error:
            self.stop()
            raise CannotStart(
                f"cannot keep the servers' data in {self.var} ({error.strerror}): make room or give rights "
                "there, or set ALTOGETHER_VAR to another folder"
            ) from error
        except BaseException:
            self.stop()
            raise
        return self.addresses

    def dead(self) -> list[str]:
        """The names of the servers that ended although nobody asked them to."""
        return [running.name for running in self._running if running.process.poll() is not None]

    def restart_dead(self) -> None:
        """Start them again, on the same ports. Raises CannotStart with the reason."""
        for running in self._running:
            if running.process.poll() is not None:
                _restart(running)

    def process_ids(self) -> dict[str, int]:
        return {running.name: running.process.pid for running in self._running}

    def stop(self) -> None:
        for running in reversed(self._running):
            stop(running.process, end_signal=running.end_signal)
        self._running = []
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        held = self._lock = lock.acquire(lock_path(self.var))
        self._addresses = Addresses(
            database_url=self.database_url
            or self._launch("Postgres", self._postgres(held), postgres.END_SIGNAL),
            redis_url=self.redis_url or self._launch("Redis", self._valkey(held), signal.SIGTERM),
        )
        for running in self._running:
            running.server.wait_until_ready(running.process)
        remember_addresses(self.var, self.addresses)

    def _launch(self, name: str, server: Postgres | Valkey, end_signal: signal.Signals) -> str:
        self._running.append(_Running(name, server, server.start(), end_signal))
        return server.url

    def _postgres(self, held: int) -> Postgres:
        folder = self.var / "postgres"
        postgres.forget_stale_pid(folder)
        return Postgres(
            folder=folder,
            log=self.var / "log" / "postgres.log",
            port=free_port(preferred=self._earlier_port("database_url")),
            credentials=read_or_make_credentials(self._credentials_path),
            lock=held,
            durable=self.durable,
        )

    def _valkey(self, held: int) -> Valkey:
        return Valkey(
            folder=self.var / "valkey",
            log=self.var / "log" / "valkey.log",
            port=free_port(preferred=self._earlier_port("redis_url")),
            credentials=read_or_make_credentials(self._credentials_path),
            lock=held,
            durable=self.durable,
        )

    @property
    def _credentials_path(self) -> Path:
        return self.var / "run" / "credentials.json"

    def _earlier_port(self, which: Literal["database_url", "redis_url"]) -> int | None:
        """The port of last time, so that an address somebody noted stays right."""
        earlier = remembered_addresses(self.var)
        if earlier is None:
            return None
        url = urlsplit(earlier.database_url if which == "database_url" else earlier.redis_url)
        return url.port if url.hostname == "127.0.0.1" else None


def _restart(running: _Running) -> None:
    """More than one try: sessions of a killed Postgres take a moment to end, and bar the folder until then."""
    give_up_at = time.monotonic() + RESTART_SECONDS
    while True:
        running.process = running.server.start()
        try:
            running.server.wait_until_ready(running.process)
        except CannotStart:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)
        else:
            return
