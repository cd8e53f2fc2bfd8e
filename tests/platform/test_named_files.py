"""Files that documents and comments name are there: a stranger follows them."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"(?<![\w./*{<-])((?:[\w-]+/)*[\w-]+\.(?:py|tsx?|sql|toml|yml|sh))(?![\w*}])")
# What it may be named below, as there is no doubt of which is meant.
BASES = (
    "",
    "annotation_server",
    "annotation_server/formats",
    "captioner",
    "frontend",
    "frontend/src",
    "tests",
    "deploy",
    "docs",
)
NOT_OURS = {".git", ".venv", "node_modules", "var", "dist", "__pycache__"}


def files() -> list[str]:
    """Every file of the project."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names]
    return sorted(found)


FILES = files()
DOCUMENTS = [name for name in FILES if name.endswith(".md") and name != "CHANGELOG.md"]


def missing(text: str, *, near: str) -> list[str]:
    """What it names and nobody finds: below a base, beside the one that names it, or by a name that only one file has."""
    there, names = set(FILES), {Path(name).name for name in FILES}
    return [
        named
        for named in NAMED.findall(text)
        if not any(f"{base}/{named}".lstrip("/") in there for base in (*BASES, near))
        and not ("/" not in named and named in names)
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_files_that_are_there(document: str) -> None:
    assert missing((ROOT / document).read_text("utf-8"), near=str(Path(document).parent)) == []


def test_a_comment_names_files_that_are_there() -> None:
    found = {}
    for name in FILES:
        if not name.startswith(("annotation_server/", "captioner/", "deploy/")) or not name.endswith(
            (".py", ".sql", ".yml")
        ):
            continue
        said = "\n".join(re.findall(r'"""(?:.|\n)*?"""|#.*|--.*', (ROOT / name).read_text("utf-8")))
        if left := missing(said, near=str(Path(name).parent)):
            found[name] = left
    assert found == {}


def test_one_that_is_not_there_is_found() -> None:
    assert missing("see steps/claim_task.py and nobody.py", near="docs") == [
        "steps/claim_task.py",
        "nobody.py",
    ]
    assert missing("see steps/tasks/claim_task.py, lint.py", near="docs") == []
