"""METEOR 1.5 by its reference program, which is Java: used where both are there, left out where not.

Set METEOR_JAR to the path of meteor-1.5.jar (its data folder beside it). No other METEOR is used in its place, because
the figures would not compare.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def meteor_jar() -> Path | None:
    """The program, None when it or Java is missing."""
    jar = Path(os.environ.get("METEOR_JAR", ""))
    return jar if jar.is_file() and shutil.which("java") else None


def meteor(*, candidates: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """The corpus score, 0 to 100. Every row must have as many references as METEOR is told, so the last is repeated."""
    jar = meteor_jar()
    if jar is None:
        raise FileNotFoundError("METEOR_JAR names no file or there is no Java")
    most = max(len(texts) for texts in references)
    padded = [[*texts, *[texts[-1]] * (most - len(texts))] for texts in references]
    with tempfile.TemporaryDirectory() as folder:
        candidate_file, reference_file = Path(folder) / "candidates", Path(folder) / "references"
        candidate_file.write_text("".join(_line(text) for text in candidates), encoding="utf-8")
        reference_file.write_text(
            "".join(_line(text) for texts in padded for text in texts), encoding="utf-8"
        )
        command = ["java", "-Xmx2G", "-jar", str(jar), str(candidate_file), str(reference_file)]
        options = ["-r", str(most), "-l", "en", "-norm"]
        run = subprocess.run([*command, *options], check=True, capture_output=True, text=True, timeout=600)
    final = next(line for line in run.stdout.splitlines() if line.startswith("Final score:"))
    return 100 * float(final.partition(":")[2])


def _line(text: str) -> str:
    return " ".join(text.split()) + "\n"
