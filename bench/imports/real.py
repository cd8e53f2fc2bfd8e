"""A real import of very many small pictures: killed in the middle, run again; its rate and its CPU a row (the command with its
decoders, and Postgres) in the first tenths and in the last one."""

import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.imports.commands import Place
from bench.server import tree_cpu_seconds

ROOT = Path(__file__).resolve().parents[2]
SHARD_ROWS = 10_000
KILLED_AT = 0.3
TOLD = re.compile(rb"importing images: ([\d,]+)")


@dataclass(kw_only=True)
class Watched:
    """What a run of the command told: (rows, seconds, CPU seconds) as it went on, its largest resident size, how it ended."""

    told: list[tuple[int, float, float]] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0
    status: int = 0

    def between(self, start: float, end: float) -> tuple[float, float]:
        """Rows per second, and CPU milliseconds a row, between two shares of the way."""
        last = self.told[-1][0]
        within = [one for one in self.told if start * last <= one[0] <= end * last]
        (first, began, cpu_before), (final, ended, cpu_after) = within[0], within[-1]
        rows = final - first
        return rows / (ended - began), 1_000 * (cpu_after - cpu_before) / rows


def measure_real(place: Place, *, rows: int) -> dict[str, Any]:
    """Import `rows` pictures from shards into an empty project, with a kill -9 on the way; every one is there once."""
    from django.db import connection

    from annotation_server.models import AltText, Image

    source = write_shards(place.folder / "real", rows=rows)
    killed = watch(source, stop_at=round(KILLED_AT * rows), postgres=place.postgres)
    whole = watch(source, stop_at=None, postgres=place.postgres)
    connection.close()
    found = Image.objects.filter(project__slug="real")
    assert whole.status == 0
    assert found.count() == rows == AltText.objects.filter(image__project__slug="real").count()
    (first, first_cpu), (last, last_cpu) = killed.between(0.1, 1.0), whole.between(0.9, 1.0)
    print(
        f"a real import: killed after {killed.told[-1][0]:,} rows, then {rows:,} rows in {whole.seconds:,.0f} s; "
        f"{first:,.0f} rows/s and {first_cpu:.2f} ms of CPU a row at its beginning, {last:,.0f} and {last_cpu:.2f} at "
        f"its end; {whole.peak_mb:,.0f} MB",
        flush=True,
    )
    return {
        "real_rows": rows,
        "real_rows_per_s_first": round(first, 1),
        "real_rows_per_s_last": round(last, 1),
        "real_cpu_ms_first": round(first_cpu, 2),
        "real_cpu_ms_last": round(last_cpu, 2),
        "real_growth": round(last_cpu / first_cpu, 2),
        "real_peak_mb": round(max(killed.peak_mb, whole.peak_mb), 1),
    }


def write_shards(folder: Path, *, rows: int) -> Path:
    """WebDataset shards of different 64 × 64 JPEGs with a caption each; those that are there already are kept."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, rows, SHARD_ROWS):
        path = folder / f"{start // SHARD_ROWS:05d}.tar"
        if path.exists():
            continue
        partial = path.with_suffix(".partial")
        with tarfile.open(partial, "w", format=tarfile.USTAR_FORMAT) as shard:
            for number in range(start, min(rows, start + SHARD_ROWS)):
                coarse = Image.frombytes("RGB", (9, 8), random.Random(f"real/{number}").randbytes(216))
                file = io.BytesIO()
                coarse.resize((64, 64), Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
                _add(shard, f"{number:09d}.jpg", file.getvalue())
                _add(shard, f"{number:09d}.json", json.dumps({"alt_text": f"Iguana {number}"}).encode())
        partial.rename(path)
    return folder


def _add(shard: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    shard.addfile(member, io.BytesIO(content))


def watch(source: Path, *, stop_at: int | None, postgres: int) -> Watched:
    """Run the command; kill it when it has told of `stop_at` rows. `postgres`: the server's process."""
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "import_images",
        str(source),
        "--project",
        "real",
        "--create",
    ]
    began, watched = time.perf_counter(), Watched()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if told := TOLD.match(line):
            rows = int(told[1].replace(b",", b""))
            cpu = tree_cpu_seconds(process.pid) + tree_cpu_seconds(postgres)
            watched.told.append((rows, time.perf_counter() - began, cpu))
            watched.peak_mb = max(watched.peak_mb, _peak_mb(process.pid))
            if stop_at is not None and rows >= stop_at:
                os.killpg(process.pid, signal.SIGKILL)
                break
    watched.status = process.wait()
    watched.seconds = time.perf_counter() - began
    return watched


def _peak_mb(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0
    )
