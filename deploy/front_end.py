"""The front end: its packages, exactly as package-lock.json has them, and its build in frontend/dist."""

import subprocess
from pathlib import Path

from deploy.environment import ENVIRONMENT
from deploy.node import Node
from deploy.stamps import hash_of, is_current, write_stamp

FOLDER = Path("frontend")
STAMPS = Path("var/setup")
# What a build is made from: everything in the folder but what npm and the build put there, and the tests.
NOT_SOURCES = {"node_modules", "dist", "tests"}


def install_packages(node: Node) -> None:
    stamp = STAMPS / "front_end_packages"
    wanted = hash_of(files=[FOLDER / "package.json", FOLDER / "package-lock.json"], words=[node.version])
    if is_current(stamp, wanted) and (FOLDER / "node_modules").is_dir():
        return
    print("Installing the front end's packages …", flush=True)
    node.npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder=FOLDER)
    write_stamp(stamp, wanted)


def build(node: Node) -> None:
    stamp = STAMPS / "front_end_build"
    sources = [path for path in FOLDER.iterdir() if path.name not in NOT_SOURCES]
    wanted = hash_of(files=sources)
    if is_current(stamp, wanted) and (FOLDER / "dist" / "index.html").is_file():
        return
    print("Building the front end …", flush=True)
    node.npm(["run", "build", "--silent"], folder=FOLDER)
    # Beside each file its .br and .gz, so that the web server compresses nothing while people wait.
    subprocess.run(
        [ENVIRONMENT / "bin" / "python", "-m", "whitenoise.compress", "--quiet", str(FOLDER / "dist")],
        check=True,
    )
    write_stamp(stamp, wanted)
