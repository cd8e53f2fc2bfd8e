"""Programs that others started: which there are, and whether they are gone."""

import psutil


def programs_of(process_id: int) -> list[psutil.Process]:
    """Whatever a process started, and they in turn, as it is now; some may end any moment, as a connection's Postgres does."""
    return psutil.Process(process_id).children(recursive=True)


def is_gone(process: psutil.Process) -> bool:
    """It has ended; where nobody collects orphans (a container's first process may not) its remains are still listed."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
