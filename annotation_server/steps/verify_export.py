"""Does an export's folder still hold what its manifest says, and what changed between two exports."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation_server.errors import UnreadableSource
from annotation_server.formats.release import MANIFEST, file_entries, sha256_of


@dataclass(frozen=True, kw_only=True)
class Verification:
    """File names by what is wrong with them; nothing is wrong when all are empty."""

    manifest_sha256: str
    row_count: int
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Every file is there, unchanged, and no other."""
        return not (self.changed or self.missing or self.added)


def verify_export(*, folder: Path) -> Verification:
    """Hash every file of the folder again. Raises UnreadableSource when there is no manifest of ours."""
    manifest = read_manifest(folder)
    said = {entry["name"]: entry for entry in manifest["files"]}
    found = {entry["name"]: entry for entry in file_entries(folder)}
    return Verification(
        manifest_sha256=sha256_of(folder / MANIFEST),
        row_count=manifest["row_count"],
        changed=sorted(name for name in said.keys() & found.keys() if said[name] != found[name]),
        missing=sorted(said.keys() - found.keys()),
        added=sorted(found.keys() - said.keys()),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises UnreadableSource."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        names = [(entry["name"], entry["bytes"], entry["sha256"]) for entry in manifest["files"]]
        if not isinstance(manifest["row_count"], int) or not all(
            isinstance(name, str) for name, _, _ in names
        ):
            raise TypeError
    except OSError as error:
        raise UnreadableSource(f"{folder} has no {MANIFEST} that can be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableSource(f"{folder / MANIFEST} is not the manifest of an export.") from error
    return dict(manifest)
