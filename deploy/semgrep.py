"""semgrep with our own rules (deploy/rules/): nothing is fetched while it runs, and nobody is told.

It pins packages that the project has in newer versions, so it is installed apart, under var/semgrep, from a lock of its own.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy.environment import ENVIRONMENT, install
from deploy.stamps import hash_of, is_current, write_stamp

LOCK = Path("requirements/semgrep.lock")
FOLDER = Path("var/semgrep")
RULES = Path("deploy/rules")


def scan(targets: Sequence[str | Path], *, options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Its exit code is 1 when a rule found something. Called from the project's folder, like all of deploy."""
    _set_up()
    given = [
        "--config",
        str(RULES.resolve()),
        "--metrics=off",
        "--disable-version-check",
        "--error",
        "--quiet",
        "--no-rewrite-rule-ids",
    ]
    program = FOLDER.resolve() / "bin" / "semgrep"
    command: list[str | Path] = [program, "scan", *given, *options, *targets]
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=_environment(Path(home))
        )


def _environment(home: Path) -> dict[str, str]:
    """It finds its own parts by PATH, and would keep settings and a log in the person's home folder."""
    folder = FOLDER.resolve()
    return os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": str(folder),
        "SEMGREP_SETTINGS_FILE": str(home / "settings.yml"),
        "SEMGREP_LOG_FILE": str(home / "semgrep.log"),
    }


def _set_up() -> None:
    stamp, wanted = FOLDER / ".stamp", hash_of(files=[LOCK])
    if is_current(stamp, wanted):
        return
    print("Installing semgrep under var/semgrep …", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    install(lock=LOCK, python=ENVIRONMENT / "bin" / "python", target=FOLDER)
    write_stamp(stamp, wanted)
