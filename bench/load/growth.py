"""What may creep up: memory of the server's processes, and connections to Postgres."""

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from django.db import connection

from bench.server import Served, tree

CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Postgres' memory is what its processes have to themselves, without the buffers that they share."""

    at: float
    web_rss_mb: float
    postgres_private_mb: float
    connections: int


def take_sample(served: Served) -> Sample:
    """As it is now."""
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        (connections,) = cursor.fetchone()
    return Sample(
        at=time.perf_counter(),
        web_rss_mb=_megabytes(served.web, "VmRSS"),
        postgres_private_mb=_megabytes(served.postgres, "RssAnon"),
        connections=connections,
    )


def typical(samples: list[Sample]) -> dict[str, float]:
    """The median of each figure."""
    return {
        name: median(asdict(sample)[name] for sample in samples)
        for name in ("web_rss_mb", "postgres_private_mb", "connections")
    }


def _megabytes(root: int, field: str) -> float:
    return sum(_kilobytes(process, field) for process in tree(root)) / 1024


def _kilobytes(process: int, field: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0  # It ended while we looked.
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{field}:")), 0)
