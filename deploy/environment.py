"""The virtual environment `.venv`, exactly as requirements/dev.lock has it, every file checked by its hash.

uv installs it (about a minute with an empty cache); where uv cannot, pip does the same, slower.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.stamps import hash_of, is_current, write_stamp

ENVIRONMENT = Path(".venv")
LOCK = Path("requirements/dev.lock")


def set_up_environment() -> None:
    stamp = ENVIRONMENT / ".stamp"
    wanted = hash_of(files=[LOCK], words=[sys.version])
    python = ENVIRONMENT / "bin" / "python"
    if is_current(stamp, wanted) and has_our_version(python):
        return
    stamp.unlink(missing_ok=True)
    if not has_our_version(python):
        print("Making the virtual environment .venv …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    print(f"Installing {LOCK} into .venv (several GB the first time: torch is among it) …", flush=True)
    install(lock=LOCK, python=python)
    write_stamp(stamp, wanted)


def install(*, lock: Path, python: Path, target: Path | None = None) -> None:
    """Install a lock with uv, else with pip; into its own folder when `target` names one."""
    uv = ENVIRONMENT / "bin" / "uv"
    where = ["--target", str(target)] if target else []
    try:
        if not _runs(uv):
            _install_uv(python)
        command = [str(uv), "pip", "install" if target else "sync", "--require-hashes", "--quiet"]
        command += ["--python", str(python), *where]
        command += ["-r", str(lock)] if target else [str(lock)]
        subprocess.run(command, check=True, env=os.environ | _settings_of_pip(python))
    except (OSError, subprocess.CalledProcessError):
        print("uv could not install it; trying pip, which takes longer …", flush=True)
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            *where,
            "-r",
            str(lock),
        ]
        subprocess.run(command, check=True)


def _install_uv(python: Path) -> None:
    """The uv of the lock, by its hashes: the first thing to be installed is checked like the rest."""
    lines = LOCK.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("uv=="))
    end = next(
        number for number in range(start + 1, len(lines)) if not lines[number].startswith("    --hash")
    )
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirement:
        requirement.write("\n".join(lines[start:end]).rstrip(" \\") + "\n")
        requirement.flush()
        command = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirement.name]
        subprocess.run([str(python), *command], check=True)


def _settings_of_pip(python: Path) -> dict[str, str]:
    """uv does not read pip's settings: hand it the mirror and the certificates that pip was told to use."""
    settings = {}
    asked = subprocess.run(
        [python, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    index = os.environ.get("PIP_INDEX_URL") or (asked.stdout.strip() if asked.returncode == 0 else "")
    if index and not any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        settings["UV_DEFAULT_INDEX"] = index
    if "PIP_CERT" in os.environ and "SSL_CERT_FILE" not in os.environ:
        settings["SSL_CERT_FILE"] = os.environ["PIP_CERT"]
    return settings


def has_our_version(python: Path) -> bool:
    """Whether it runs, and is of the Python that sets it up: packages of another one would not load."""
    asked = "import sys; print(sys.version)"
    try:
        told = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return told.returncode == 0 and told.stdout.rstrip("\n") == sys.version


def _runs(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
