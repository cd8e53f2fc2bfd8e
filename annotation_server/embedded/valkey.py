"""The embedded Redis: Valkey, which speaks its protocol, with every write in an append-only file."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from annotation_server.embedded.binaries import valkey_program
from annotation_server.embedded.credentials import Credentials
from annotation_server.embedded.errors import CannotStart
from annotation_server.embedded.processes import last_line, spawn

START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Valkey:
    """`durable=False` is for tests: nothing is written to disk."""

    folder: Path
    log: Path
    port: int
    credentials: Credentials
    lock: int
    durable: bool = True

    @property
    def url(self) -> str:
        return f"redis://:{self.credentials.valkey}@127.0.0.1:{self.port}/0"

    def start(self) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        # From a pipe: the password shows neither in the list of processes nor in a file.
        reader, writer = os.pipe()
        try:
            os.write(writer, self._configuration().encode())
            os.close(writer)
            return spawn(
                command=[valkey_program(), "-"],
                log=self.log,
                folder=self.folder,
                environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                inherited=[self.lock],
                stdin=reader,
            )
        finally:
            os.close(reader)

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        give_up_at = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=5, retry=None) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.RedisError as error:
                    if process.poll() is not None:
                        raise CannotStart(f"Valkey did not start: {last_line(self.log)}") from error
                    if time.monotonic() > give_up_at:
                        raise CannotStart(
                            f"Valkey did not answer within {START_SECONDS:.0f} s: {error}"
                        ) from error
                    time.sleep(0.02)

    def _configuration(self) -> str:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.credentials.valkey,
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "save": '""',
            # A queue: refuse what does not fit, never drop what is there.
            "maxmemory-policy": "noeviction",
            "databases": "64",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())
