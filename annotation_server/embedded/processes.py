"""Child processes that end when their parent does, however it ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from annotation_server.embedded.binaries import Account

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15.0
OURS = Account()


def spawn(
    *,
    command: Sequence[str | Path],
    log: Path,
    folder: Path,
    environment: Mapping[str, str],
    end_signal: signal.Signals = signal.SIGTERM,
    account: Account = OURS,
    inherited: Sequence[int] = (),
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a program that gets `end_signal` when its starter ends; `inherited` are the descriptors it keeps.

    Call this in the main thread: Linux sends the signal when the thread that started it ends.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment),
            pass_fds=tuple(inherited),
            # Its own group: Ctrl-C reaches the parent alone, which stops the children in order.
            process_group=0,
            preexec_fn=_tied_to(os.getpid(), end_signal),
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
        )


def _tied_to(parent: int, end_signal: signal.Signals) -> Callable[[], None]:
    """Linux only; elsewhere a killed parent leaves its children running."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(end_signal))
        if os.getppid() != parent:  # it died before the line above
            os.kill(os.getpid(), signal.SIGKILL)

    return tie


def stop(
    process: subprocess.Popen[bytes],
    *,
    end_signal: signal.Signals = signal.SIGTERM,
    patience: float = STOP_SECONDS,
) -> None:
    """Ask it to end, and kill its whole group when it does not in time."""
    if process.poll() is None:
        process.send_signal(end_signal)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port(*, preferred: int | None = None) -> int:
    """A loopback port nobody listens on: the preferred one if it is free."""
    for port in (preferred, 0):
        if port is None:
            continue
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")


def last_line(log: Path) -> str:
    """What a program that ended had to say."""
    lines = log.read_text("utf-8", "replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else f"it wrote nothing to {log}"
