"""`python -m deploy.lint [NAME …]`: every static check; prints what one said only when it failed, or could not be run."""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy import advisories
from deploy.advisories import CheckFailed, NotRun
from deploy.node import Node, find_node
from deploy.semgrep import scan

# The slow ones use one core each.
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(".venv/bin")
SHIPPED = ("annotation_server", "captioner", "bench", "deploy")
PYTHON_FOLDERS = ("annotation_server", "captioner", "tests", "bench", "deploy")


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
    """schema.d.ts and request_options.ts of frontend/src/api are what the server's OpenAPI document says."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "openapi.json")
        options = ["--format", "openapi-json", "--validate", "--fail-on-warn", "--file", str(document)]
        _run([BIN / "python", "manage.py", "spectacular", *options])
        _npm(["run", "--silent", "types", "--", "--check", str(document)])


def bandit() -> None:
    """What ruff's S rules do not have; see [tool.bandit] in pyproject.toml."""
    _run([BIN / "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", *SHIPPED])


def semgrep() -> None:
    """Our own rules."""
    done = scan([*SHIPPED, "frontend/src"])
    if done.returncode != 0:
        raise CheckFailed(f"{done.stdout}{done.stderr}".strip())


def pip_audit() -> None:
    """Known holes in what requirements/dev.lock pins: it has all that the other locks have."""
    advisories.of_python(BIN / "pip-audit", lock=Path("requirements/dev.lock"))


def npm_audit() -> None:
    """Known holes in what frontend/package-lock.json pins."""
    advisories.of_front_end(find_node(), folder=Path("frontend"))


CHECKS: dict[str, Callable[[], None]] = {
    "ruff check": ruff_check,
    "ruff format": ruff_format,
    "mypy": mypy,
    "import-linter": lint_imports,
    "migrations": migrations,
    "eslint, tsc, prettier": front_end,
    "API types": api_types,
    "bandit": bandit,
    "semgrep": semgrep,
    "pip-audit": pip_audit,
    "npm audit": npm_audit,
}


def main(names: Sequence[str]) -> int:
    os.chdir(ROOT)
    if unknown := set(names) - CHECKS.keys():
        print(f"error: no check is called {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
        return 2
    outcomes = Counter({"ok": 0, "failed": 0, "not run": 0})
    chosen = list(names or CHECKS)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, (outcome, words, seconds) in zip(chosen, pool.map(_outcome, chosen), strict=True):
            outcomes[outcome] += 1
            print(f"{words}{name:<24}{outcome:<8}{seconds:6.1f} s", flush=True)
    print(f"lint: {', '.join(f'{count} {outcome}' for outcome, count in outcomes.items())}")
    return 1 if outcomes["failed"] else 0


def _outcome(name: str) -> tuple[str, str, float]:
    """ok, failed or not run; the latter two with the check's words; and how many seconds it took."""
    started = time.monotonic()
    outcome, said = "ok", ""
    try:
        CHECKS[name]()
    except CheckFailed as words:
        outcome, said = "failed", f"{words}\n"
    except NotRun as words:
        outcome, said = "not run", f"{words}\n"
    return outcome, said, time.monotonic() - started


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
