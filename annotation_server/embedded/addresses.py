"""Where the embedded servers listen, and `var/run/addresses.json`, the file that tells other processes."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from annotation_server.embedded.files import write_private
from annotation_server.embedded.lock import is_held


@dataclass(frozen=True, slots=True)
class Addresses:
    """Both addresses hold a password: never log them."""

    database_url: str
    redis_url: str


def running_addresses(var: Path) -> Addresses | None:
    """The addresses of the servers that run on `var` now; None when none run."""
    return remembered_addresses(var) if is_held(lock_path(var)) else None


def remembered_addresses(var: Path) -> Addresses | None:
    """The last addresses, whether or not somebody listens there now."""
    try:
        return Addresses(**json.loads(addresses_path(var).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def remember_addresses(var: Path, addresses: Addresses) -> None:
    write_private(addresses_path(var), json.dumps(asdict(addresses)))


def addresses_path(var: Path) -> Path:
    return var / "run" / "addresses.json"


def lock_path(var: Path) -> Path:
    return var / "run" / "servers.lock"
