"""`python3 -m deploy.setup` (3.11 or newer): what the demo and the tests need, and nothing that is there already."""

import argparse
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.environment import set_up_environment
from deploy.front_end import build, install_packages
from deploy.node import find_node

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m deploy.setup", description=__doc__)
    parser.add_argument("--no-build", action="store_true", help="leave frontend/dist as it is")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    try:
        with only_one_at_a_time():
            set_up_environment()
            node = find_node()
            install_packages(node)
            if not arguments.no_build:
                build(node)
    except subprocess.CalledProcessError as error:
        print(f"error: `{' '.join(map(str, error.cmd))}` failed; its own words are above.", file=sys.stderr)
        return 1
    return 0


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two set-ups in one folder would remove each other's files: the second waits for the first."""
    folder = Path("var/setup")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
