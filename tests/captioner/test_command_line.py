"""The command line: help without torch, exit codes, JSON on request."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from captioner.commands import COMMANDS, main
from tests.captioner.conftest import WriteManifest


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m captioner {command}" in capsys.readouterr().out


def test_help_and_scenes_load_no_torch(tmp_path: Path) -> None:
    program = (
        "import sys; from captioner.commands import main; "
        f"main(['scenes', {str(tmp_path / 's')!r}, '--count', '2', '--size', '32']); "
        "sys.exit(1 if {'torch', 'numpy', 'transformers'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_wrong_usage_is_two_and_a_refusal_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["train", "--nonsense"])
    assert ended.value.code == 2
    capsys.readouterr()
    manifest = str(tmp_path / "missing.jsonl")
    assert main(["train", manifest, str(tmp_path / "out"), "--preset", "tiny"]) == 1
    assert "cannot be opened" in capsys.readouterr().err
    assert main(["train", manifest, str(tmp_path / "out"), "--preset", "huge", "--json"]) == 1
    assert "no preset 'huge'" in json.loads(capsys.readouterr().err)["error"]


def test_generate_prints_its_report_as_json(
    trained: Path,
    cache: Path,
    write_manifest: WriteManifest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = [
        "generate",
        str(trained),
        str(write_manifest("eval")),
        str(tmp_path / "out.jsonl"),
        "--cache",
        str(cache),
    ]
    assert main([*arguments, "--json", "--max-tokens", "5"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["rows"] == 10
    assert all("seconds_left" in line or "per_second" in line for line in printed.err.splitlines())
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert max(len(line["tokens"]) for line in lines) <= 5
