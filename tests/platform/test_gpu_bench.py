"""bench.gpu runs on a machine that has torch, transformers and safetensors, and nothing else of ours."""

import json
import os
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PRESENT = ("torch", "transformers", "safetensors")
# Newer versions of those bring it along, and the older ones of a machine that only has a GPU do not.
ABSENT = {"pydantic"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare_packages(tmp_path: Path) -> Path:
    """A folder of links to those packages and what they need."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for package in _needed(PRESENT):
        for file in package.files or []:
            link = folder / file.parts[0]
            if file.parts[0] not in ("..", "__pycache__") and not link.exists():
                link.symlink_to(str(package.locate_file(file.parts[0])))
    return folder


def test_it_measures_all_parts_with_the_packages_of_a_bare_machine(
    bare_packages: Path, tmp_path: Path
) -> None:
    output = tmp_path / "figures.json"
    # -S: without this environment's own packages.
    command = [
        sys.executable,
        "-S",
        "-m",
        "bench.gpu",
        "--small",
        "--minutes",
        "0.01",
        "--output",
        str(output),
    ]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{bare_packages}", "OMP_NUM_THREADS": "1"}

    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    figures = json.loads(output.read_text())
    assert {"embed", "pre_train", "fine_tune", "sample"} <= figures.keys()
    for part in ("pre_train", "fine_tune"):
        assert figures[part]["rows_per_second"] > 0
        assert figures[part]["released_rows_per_second"] > 0
    assert figures["sample"]["tokens"] > 0
    assert figures["sample"]["released_tokens"] > 0
    assert done.stdout.splitlines()[-1].startswith("caption tokens a second")


def _needed(names: tuple[str, ...]) -> list[Distribution]:
    """Those packages and all that they require without extras."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found or name in ABSENT:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for line in found[name].requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    return list(found.values())
