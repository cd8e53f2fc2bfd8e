"""docs/configuration.md names every variable that is read, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {"text", "flag", "number", "words", "cosine", "choice", "encoding", "networks", "address"}
# Read by the demo, not by the settings.
OF_THE_DEMO = {"DEMO", "OWNER", "PORT"}


def test_every_variable_is_described() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    described = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", page, re.MULTILINE))
    assert described == variables_of_the_settings() | OF_THE_DEMO


def variables_of_the_settings() -> set[str]:
    tree = ast.parse((ROOT / "annotation_server" / "settings.py").read_text("utf-8"))
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
