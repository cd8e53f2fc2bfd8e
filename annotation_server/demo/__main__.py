"""`python -m annotation_server.demo`, after `make demo` or `make start` set everything up: check, start, tell where, watch.

`DEMO=0` (`make start`) makes no demo data: an empty server, whose first owner gets a sign-in link.

Ctrl-C, SIGTERM and a closed terminal stop everything that was started. Exit code 0 when stopped, 1 when it could
not start.
"""

import http
import http.client
import os
import sys
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from annotation_server.demo.checks import (
    check_database,
    check_nothing_runs,
    check_port,
    check_redis,
    check_use,
)
from annotation_server.demo.ending import Ending
from annotation_server.demo.manage import manage, set_up_django
from annotation_server.demo.programs import (
    captioner_program,
    housekeeping_program,
    web_program,
    worker_program,
)
from annotation_server.demo.supervisor import LONGEST_WAIT_SECONDS, Supervisor
from annotation_server.embedded.errors import CannotStart
from annotation_server.embedded.servers import EmbeddedServers
from annotation_server.embedded.web_address import remembered_web_address
from annotation_server.environment import flag, text

HEALTHY_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ALTOGETHER_VAR") or ROOT / "var").resolve()
LOGS = VAR / "log"


def main() -> int:
    ending = Ending()
    ending.listen()
    try:
        with ExitStack() as running:
            run(running, ending)
    except CannotStart as reason:
        print(f"error: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def run(running: ExitStack, ending: Ending) -> None:
    started = time.monotonic()
    check_nothing_runs(VAR)
    is_demo = flag("DEMO", True)
    port = check_port(os.environ.get("PORT") or "8000")
    database_url, redis_url = text("DATABASE_URL") or None, text("REDIS_URL") or None
    if database_url:
        check_database(database_url)
    if redis_url:
        check_redis(redis_url)

    say(f"Altogether keeps what it stores in {VAR}.")
    servers = EmbeddedServers(var=VAR, database_url=database_url, redis_url=redis_url)
    running.callback(lambda: say("Stopped."))
    running.enter_context(servers)
    say(f"Started: {', '.join(servers.process_ids()) or 'nothing; the given Postgres and Redis are used'}.")
    os.environ["DATABASE_URL"] = servers.addresses.database_url
    os.environ["REDIS_URL"] = servers.addresses.redis_url
    # Threads of the captioner that wait give their core away: on a busy laptop, spinning makes training ten times slower.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    set_up_django()
    manage("migrate", verbosity=0)
    check_use(is_demo=is_demo, var=VAR)

    supervisor = Supervisor(folder=ROOT, logs=LOGS, environment=os.environ, say=say)
    running.callback(supervisor.stop)
    running.callback(stop_listening, ending)
    # It comes up while the demo's data is looked at, or made.
    with ending.held():
        supervisor.start([web_program(port=port)])
    address = f"http://127.0.0.1:{port}"
    running.enter_context(remembered_web_address(VAR, address))
    if is_demo:
        manage("seed_demo")
    wait_until_healthy(port, supervisor)
    say(f"Ready after {time.monotonic() - started:.1f} s: {address}")
    if is_demo:
        manage("sign_in_links", url=address)
    else:
        manage("first_owner", username=text("OWNER", "owner"), url=address)
    say(f"Logs are in {LOGS}. Ctrl-C stops everything; so does kill {os.getpid()}.")
    # Last, because loading torch takes both cores for seconds, and nobody waits for a worker yet.
    with ending.held():
        supervisor.start([worker_program(), housekeeping_program(), captioner_program()])
    watch(servers, supervisor, ending)


def say(line: str) -> None:
    # The terminal that would have shown it may be closed, and everything must still be stopped.
    with suppress(OSError):
        print(line, flush=True)


def wait_until_healthy(port: int, supervisor: Supervisor) -> None:
    give_up_at = time.monotonic() + HEALTHY_SECONDS
    while not is_healthy(port):
        if time.monotonic() > give_up_at:
            raise CannotStart(f"the web server is not healthy after a minute: look into {LOGS / 'web.log'}")
        supervisor.look()
        time.sleep(0.1)


def is_healthy(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz/")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def watch(servers: EmbeddedServers, supervisor: Supervisor, ending: Ending) -> None:
    """Keep everything running until a signal comes."""
    wait = 1.0
    while True:
        time.sleep(0.5)
        try:
            with ending.held():
                for name in servers.dead():
                    say(f"{name} ended by itself; starting it again.")
                servers.restart_dead()
            wait = 1.0
        except CannotStart as reason:
            say(f"{reason}; trying again in {wait:.0f} s.")
            time.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)
        with ending.held():
            supervisor.look()


def stop_listening(ending: Ending) -> None:
    """A second Ctrl-C must not leave half of it running: stopping is short, and bounded in time."""
    ending.ignore()
    say("Stopping …")


if __name__ == "__main__":
    sys.exit(main())
