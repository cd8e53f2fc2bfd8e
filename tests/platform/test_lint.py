"""The linter's own words: a check that could not be run is counted apart, and is neither a pass nor a failure."""

import json
from pathlib import Path

import pytest

from deploy import lint
from deploy.advisories import CheckFailed, NotRun, of_python


def program(folder: Path, *, prints: str, says: str = "", code: int = 0) -> Path:
    """A program that answers like pip-audit."""
    path = folder / "audit"
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{prints}\nEND\necho '{says}' >&2\nexit {code}\n")
    path.chmod(0o755)
    return path


def told(*holes: dict[str, object]) -> str:
    return json.dumps({"dependencies": [{"name": "iguana", "version": "1.0", "vulns": list(holes)}]})


def test_known_holes_fail_the_check(tmp_path: Path) -> None:
    answer = told({"id": "CVE-1", "fix_versions": ["1.1"]})
    with pytest.raises(CheckFailed, match=r"iguana 1\.0: CVE-1, mended in 1\.1"):
        of_python(program(tmp_path, prints=answer, code=1), lock=tmp_path / "lock")
    of_python(program(tmp_path, prints=told()), lock=tmp_path / "lock")


def test_without_an_answer_the_check_was_not_run(tmp_path: Path) -> None:
    """Its exit code is the same as that of a hole."""
    with pytest.raises(NotRun, match="could not be audited"):
        of_python(
            program(tmp_path, prints="", says="ERROR: could not be audited", code=1), lock=tmp_path / "lock"
        )


def test_the_last_line_counts_what_was_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_run() -> None:
        raise NotRun("No network.")

    def failed() -> None:
        raise CheckFailed("Wrong.")

    monkeypatch.chdir(lint.ROOT)
    monkeypatch.setattr(lint, "CHECKS", {"one": lambda: None, "two": not_run})
    assert lint.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "lint: 1 ok, 0 failed, 1 not run"
    monkeypatch.setattr(lint, "CHECKS", {"one": failed, "two": not_run})
    assert lint.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "lint: 0 ok, 1 failed, 1 not run"
