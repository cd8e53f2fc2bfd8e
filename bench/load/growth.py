"""What may creep up: memory of the server's processes, and connections to Postgres."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from statistics import median

import psutil
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
        web_rss_mb=_megabytes(served.web, _resident),
        postgres_private_mb=_megabytes(served.postgres, _private),
        connections=connections,
    )


def typical(samples: list[Sample]) -> dict[str, float]:
    """The median of each figure."""
    return {
        name: median(asdict(sample)[name] for sample in samples)
        for name in ("web_rss_mb", "postgres_private_mb", "connections")
    }


def _megabytes(root: int, size_of: Callable[[psutil.Process], int]) -> float:
    total = 0
    for process in tree(root):
        with suppress(psutil.NoSuchProcess):
            total += size_of(process)
    return total / 2**20


def _resident(process: psutil.Process) -> int:
    return process.memory_info().rss


def _private(process: psutil.Process) -> int:
    """Resident without what is shared: files and the buffers."""
    memory = process.memory_info()
    return memory.rss - memory.shared
