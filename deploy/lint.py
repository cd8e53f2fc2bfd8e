"""`python -m deploy.lint [NAME …]`: every static check; prints what one said only when it failed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.node import Node, find_node

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(".venv/bin")
PYTHON_FOLDERS = ("annotation_server", "captioner", "tests", "bench", "deploy")


class CheckFailed(Exception):
    """What a check had to say."""


def ruff_check() -> None:
    _run([BIN / "ruff", "check", "--output-format", "concise", "."])


def ruff_format() -> None:
    _run([BIN / "ruff", "format", "--check", "--output-format", "concise", "."])


def mypy() -> None:
    _run([BIN / "mypy", *(folder for folder in PYTHON_FOLDERS if Path(folder).is_dir())])


def lint_imports() -> None:
    _run([BIN / "lint-imports", "--no-cache"])


def migrations() -> None:
    _run([BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"])


def front_end() -> None:
    """eslint, tsc and prettier."""
    _npm(["run", "--silent", "lint"])


def api_types() -> None:
    """frontend/src/api/schema.d.ts is what the server's OpenAPI document says."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "openapi.json")
        options = ["--format", "openapi-json", "--validate", "--fail-on-warn", "--file", str(document)]
        _run([BIN / "python", "manage.py", "spectacular", *options])
        _npm(["run", "--silent", "types", "--", "--check", str(document)])


CHECKS: dict[str, Callable[[], None]] = {
    "ruff check": ruff_check,
    "ruff format": ruff_format,
    "mypy": mypy,
    "import-linter": lint_imports,
    "migrations": migrations,
    "eslint, tsc, prettier": front_end,
    "API types": api_types,
}


def main(names: Sequence[str]) -> int:
    os.chdir(ROOT)
    if unknown := set(names) - CHECKS.keys():
        print(f"error: no check is called {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
        return 2
    failed = []
    for name in names or CHECKS:
        started = time.monotonic()
        try:
            CHECKS[name]()
            outcome = "ok"
        except CheckFailed as words:
            print(words)
            failed.append(name)
            outcome = "FAILED"
        print(f"{name:<24}{outcome:<8}{time.monotonic() - started:6.1f} s", flush=True)
    print(f"lint: {len(names or CHECKS) - len(failed)} ok, {len(failed)} failed")
    return 1 if failed else 0


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CheckFailed(f"{done.stdout}{done.stderr}".strip())


def _npm(arguments: Sequence[str]) -> None:
    node: Node = find_node()
    with tempfile.TemporaryFile("w+") as output:
        try:
            node.npm(arguments, folder=Path("frontend"), output=output.fileno())
        except subprocess.CalledProcessError as error:
            output.seek(0)
            raise CheckFailed(output.read().strip()) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
