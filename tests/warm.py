"""Programs for tests, each in a process of its own that is forked from one which has loaded other people's code already.

Nothing of ours is loaded before the fork: a program begins as it does for everybody, but without the seconds that Django or
torch take.
"""

import atexit
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# What is slow to load. Not what reads Django's settings as it is loaded: those are of the program.
SERVER = """
django.core.management django.db.models django.forms django.db.backends.postgresql.base django.contrib.postgres.fields
psycopg psycopg_pool celery.app.base PIL.Image numpy requests pyarrow.parquet fsspec pydantic rapidfuzz tokenizers
cryptography.x509 fido2.server
"""
CAPTIONER = """
torch.distributed.fsdp torch.distributed.tensor torch.optim torch.utils.tensorboard.writer transformers
transformers.integrations.sdpa_attention transformers.models.gpt2.modeling_gpt2 transformers.models.opt.modeling_opt
open_clip accelerate peft safetensors.torch boto3 tokenizers.implementations sacrebleu.metrics pyarrow.parquet PIL.Image
"""


@dataclass(frozen=True, kw_only=True)
class Program:
    """`python -m module arguments` in the project's folder; or, where it ends in .py, that file of the project."""

    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """As of subprocess.run: below 0 is the signal that killed it."""

    returncode: int
    stdout: str
    stderr: str


class Warm:
    """A process that has imported `modules`, with spaces between their names."""

    def __init__(self, modules: str) -> None:
        self._modules = modules
        self._process: subprocess.Popen[str] | None = None
        atexit.register(self.close)

    def run(self, *programs: Program) -> list[Ended]:
        """Together, until all have ended; when one fails the others are ended, as torchrun does."""
        with tempfile.TemporaryDirectory() as folder:
            said = [
                [f"{folder}/{number}.{name}" for name in ("out", "err")] for number in range(len(programs))
            ]
            asked = [[asdict(program), *paths] for program, paths in zip(programs, said, strict=True)]
            codes = self._ask(json.dumps(asked))
            return [
                Ended(returncode=code, stdout=Path(out).read_text(), stderr=Path(err).read_text())
                for code, (out, err) in zip(codes, said, strict=True)
            ]

    def _ask(self, line: str) -> list[int]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm", *self._modules.split()],
                cwd=ROOT,
                env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(line, file=self._process.stdin, flush=True)
            codes: list[int] = json.loads(self._process.stdout.readline())
        except BaseException:  # A test that takes too long is ended here, and what it started with it.
            self.close()
            raise
        return codes

    def close(self) -> None:
        """With all that it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None


@cache
def warm(modules: str) -> Warm:
    """One for all tests of this process."""
    return Warm(modules)


def manage_py(*arguments: str, **environment: str) -> Ended:
    """`manage.py arguments`, with these variables changed."""
    program = Program(module="manage.py", arguments=arguments, environment=os.environ | environment)
    return warm(SERVER).run(program)[0]


def _serve() -> None:
    """A line of JSON for each call of `run`: the programs; answered by a line with their exit codes."""
    for module in sys.argv[1:]:
        importlib.import_module(module)
    while line := sys.stdin.readline():
        asked = json.loads(line)
        started = []
        for program, out, err in asked:
            if (child := os.fork()) == 0:
                _become(program, out, err)
                return
            started.append(child)
        codes: dict[int, int] = {}
        while len(codes) < len(started):
            child, status = os.wait()
            codes[child] = os.waitstatus_to_exitcode(status)
            if codes[child] != 0:
                for other in set(started) - codes.keys():
                    os.kill(other, signal.SIGTERM)
        print(json.dumps([codes[child] for child in started]), flush=True)


def _become(program: dict[str, Any], out: str, err: str) -> None:
    for number, path in enumerate([os.devnull, out, err]):
        with open(path, "w+b" if number else "rb") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(program["environment"])
    module = program["module"]
    sys.argv = [module, *program["arguments"]]
    if module.endswith(".py"):
        runpy.run_path(module, run_name="__main__")
    else:
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
