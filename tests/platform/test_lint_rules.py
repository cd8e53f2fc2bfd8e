"""Our own rules of semgrep: each catches a bad line and passes a good one. Nothing is asked of the network."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.semgrep import RULES, scan

API, STEP, FORMAT = (f"annotation_server/{folder}/made.py" for folder in ("api", "steps", "formats"))
# Rule: where, a bad line, a good one.
LINES: dict[str, tuple[str, str, str]] = {
    "no-extractall": (FORMAT, "archive.extractall(folder)", "archive.extractfile(member)"),
    "no-pickle": (
        "captioner/made.py",
        "import torch\ntorch.load(path)",
        "import torch\ntorch.load(path, weights_only=True)",
    ),
    "no-dataset-loader": (
        FORMAT,
        "from datasets import load_dataset\nload_dataset(folder)",
        "from datasets import Dataset\nDataset.from_list(rows)",
    ),
    "no-values-in-sql": (
        STEP,
        "cursor.execute(f'SELECT 1 FROM image WHERE source = {source}')",
        "cursor.execute(f'WITH {plan} {COUNT}', values)",
    ),
    "no-mark-safe": (
        API,
        "from django.utils.safestring import mark_safe\nmark_safe(text)",
        "from django.utils.html import escape\nescape(text)",
    ),
    "no-unsafe-yaml": (FORMAT, "import yaml\nyaml.load(text)", "import yaml\nyaml.safe_load(text)"),
    "no-unguarded-request": (
        FORMAT,
        "import requests\nrequests.get(address)",
        "from annotation_server.reach import guarded\nguarded.get(address)",
    ),
    "no-shell": (
        STEP,
        "import subprocess\nsubprocess.run(line, shell=True)",
        "import subprocess\nsubprocess.run([program, name])",
    ),
    "no-bare-key": (
        API,
        "Project.objects.get(pk=key)",
        "visible(user=user, rows=Project.objects.all(), pk=key)",
    ),
    "no-second-queue": (STEP, "build_training_set.delay(1)", "jobs.enqueue(kind=kind, project=project)"),
    "no-whole-environment": (
        FORMAT,
        "import subprocess\nsubprocess.run([program])",
        "import subprocess\nsubprocess.run([program], env=bare_environment())",
    ),
    "no-own-place": (
        STEP,
        "from django.conf import settings\nfolder = settings.RUNS_ROOT",
        "from annotation_server.places import run_folder\nfolder = run_folder(run_id=run.pk)",
    ),
    "no-clock-in-steps": (STEP, "from django.utils import timezone\ntimezone.now()", "Now()"),
    "no-new-file-response": (API, "FileResponse(path.open('rb'))", "Response(status=204)"),
    "no-raw-html": (
        "frontend/src/made.tsx",
        "const a = <p dangerouslySetInnerHTML={{ __html: text }} />;",
        "const a = <p>{text}</p>;",
    ),
}


def found_in(folder: Path) -> set[tuple[str, str]]:
    done = scan([folder], options=["--json", "--no-git-ignore"])
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["errors"] == []
    return {
        (one["check_id"].rpartition(".")[2], Path(one["path"]).relative_to(folder).parts[0])
        for one in told["results"]
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What is found in one tree with every bad and every good line, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("tree")
    for rule, (where, *lines) in LINES.items():
        for kind, line in zip(("bad", "good"), lines, strict=True):
            path = folder / f"{kind}-{rule}" / where
            path.parent.mkdir(parents=True)
            path.write_text(f"{line}\n")
    return found_in(folder)


@pytest.mark.parametrize("rule", LINES)
def test_a_rule_catches_its_bad_line_and_passes_the_good_one(found: set[tuple[str, str]], rule: str) -> None:
    assert {place for name, place in found if name == rule} == {f"bad-{rule}"}
    assert not [name for name, place in found if place == f"good-{rule}"]


def test_every_rule_is_shown_here() -> None:
    rules = [rule["id"] for file in RULES.glob("*.yml") for rule in yaml.safe_load(file.read_text())["rules"]]
    assert sorted(rules) == sorted(LINES)
