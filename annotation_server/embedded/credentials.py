"""Random passwords of the embedded servers, made once per folder and kept in a file only its owner may read.

The servers listen on the loopback only, but every account of the machine can reach that.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from annotation_server.embedded.files import write_private


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Credentials:
    """`postgres_owner` owns the database and nothing else; the superuser only prepares it."""

    postgres_superuser: str = field(default_factory=_password)
    postgres_owner: str = field(default_factory=_password)
    valkey: str = field(default_factory=_password)


def read_or_make_credentials(path: Path) -> Credentials:
    try:
        return Credentials(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        made = Credentials()
        write_private(path, json.dumps(asdict(made)))
        return made
