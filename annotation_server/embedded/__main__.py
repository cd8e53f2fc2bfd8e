"""`python -m annotation_server.embedded [VAR]`: both servers in the foreground until Ctrl-C.

VAR is the folder of their data: $ALTOGETHER_VAR, else `var`.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from annotation_server.embedded.addresses import addresses_path
from annotation_server.embedded.errors import CannotStart
from annotation_server.embedded.servers import EmbeddedServers


def main() -> int:
    for ending in (signal.SIGINT, signal.SIGTERM):  # SIGINT is off in what a script starts in the background
        signal.signal(ending, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="python -m annotation_server.embedded", description=__doc__)
    parser.add_argument("var", nargs="?", type=Path, default=Path(os.environ.get("ALTOGETHER_VAR", "var")))
    var: Path = parser.parse_args().var
    try:
        with EmbeddedServers(
            var=var, database_url=os.environ.get("DATABASE_URL"), redis_url=os.environ.get("REDIS_URL")
        ) as servers:
            print(
                f"Postgres and Redis run; their addresses are in {addresses_path(var)}. Ctrl-C stops them.",
                flush=True,
            )
            while True:
                time.sleep(1)
                for name in servers.dead():
                    print(f"{name} ended by itself; starting it again.", flush=True)
                servers.restart_dead()
    except CannotStart as reason:
        print(f"error: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


sys.exit(main())
