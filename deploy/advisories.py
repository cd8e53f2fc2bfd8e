"""Known holes in the packages that are pinned, looked up where the packages come from. Without an answer from there the check
was not run: that is neither a pass nor a failure."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from deploy.node import Node

SECONDS = 120


class CheckFailed(Exception):
    """What a check had to say."""


class NotRun(Exception):
    """Why nothing can be said."""


def of_python(program: Path, *, lock: Path) -> None:
    """Raises CheckFailed with each hole, NotRun when not all could be looked up (pip-audit's own exit code does not tell)."""
    options = [
        "--strict",
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
        "--format",
        "json",
    ]
    try:
        done = subprocess.run(
            [program, *options, "--requirement", lock],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise NotRun(f"pip-audit had no answer within {SECONDS} seconds.") from error
    told = _json(done.stdout)
    if not told:
        raise NotRun(_last_line(done.stderr))
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
        for package in told["dependencies"]
        for hole in package["vulns"]
    ]
    if holes:
        raise CheckFailed("\n".join(holes))


def of_front_end(node: Node, *, folder: Path) -> None:
    """Raises CheckFailed with each package that has a hole, NotRun when the registry does not say."""
    with tempfile.TemporaryFile("w+") as output:
        try:
            node.npm(
                ["audit", "--json", "--loglevel=silent", "--fetch-timeout=20000", "--fetch-retries=0"],
                folder=folder,
                output=output.fileno(),
            )
        except subprocess.CalledProcessError:
            pass  # It says so in the JSON.
        output.seek(os.SEEK_SET)
        words = output.read()
    told = _json(words)
    if "vulnerabilities" not in told:
        raise NotRun(f"The registry does not say: {told.get('message') or _last_line(words)}")
    holes = [f"{name}: {hole['severity']}, {hole['range']}" for name, hole in told["vulnerabilities"].items()]
    if holes:
        raise CheckFailed("\n".join(holes))


def _json(words: str) -> dict[str, Any]:
    """The object in what a program printed, which may be followed by lines of another kind; empty where there is none."""
    start = words.find("{")
    if start < 0:
        return {}
    try:
        told, _ = json.JSONDecoder().raw_decode(words, start)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _last_line(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else "No answer."
