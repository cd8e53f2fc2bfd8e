"""Does an export's folder still hold what its manifest says, and what changed between two exports."""

from dataclasses import dataclass, field
from pathlib import Path

from annotation_server.formats.release import MANIFEST, file_entries, read_manifest, sha256_of


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
