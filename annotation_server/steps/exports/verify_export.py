"""Does an export's folder still hold what its manifest says, and what changed between two exports."""

from dataclasses import dataclass, field
from pathlib import Path

from annotation_server.files.checksums import (
    Problem,
    differences,
    hashed_files,
    listed_files,
    manifest_in,
    sha256_of,
)
from annotation_server.releases.release import read_manifest


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
    """Hash every file of the folder again. Raises UnreadableSource when there is no manifest of ours, or no list of pictures
    where it names one."""
    manifest = read_manifest(folder)
    wrong: dict[Problem, list[str]] = {"changed": [], "missing": [], "added": []}
    for name, problem in differences(said=listed_files(folder, manifest), found=hashed_files(folder)):
        wrong[problem].append(name)
    return Verification(
        manifest_sha256=sha256_of(manifest_in(folder)), row_count=manifest["row_count"], **wrong
    )
