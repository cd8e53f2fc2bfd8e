"""A training over two processes that another one watches, for real, over gloo: its result, its refusals, and its end."""

import dataclasses
import json
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from captioner.config import CaptionerConfig
from captioner.errors import CaptionerError, ProcessDied
from captioner.progress import silent
from captioner.training.processes import TrainOrder, train_over_processes
from tests.captioner.conftest import WriteManifest

# Two processes load torch.
pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def order(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, trained: Path, tmp_path: Path
) -> TrainOrder:
    return TrainOrder(
        config=quick,
        manifest=write_manifest("train"),
        eval_manifest=write_manifest("eval"),
        output=tmp_path / "out",
        cache=cache,
        start_from=trained,
        origin="the base 'first' (SHA-256 abc)",
    )


def ranks() -> list[psutil.Process]:
    """Those that this process started, torchrun's among them."""
    found = [one for one in psutil.Process().children(recursive=True) if lives(one)]
    commands = {}
    for one in found:
        with suppress(psutil.NoSuchProcess):
            commands[one] = " ".join(one.cmdline())
    return [one for one, command in commands.items() if "captioner.training.rank" in command]


def lives(one: psutil.Process) -> bool:
    """A zombie has ended, and waits for its parent to look."""
    try:
        return one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_it_starts_from_a_checkpoint_and_says_so(order: TrainOrder, trained: Path) -> None:
    told: list[tuple[int, int, str]] = []
    report = train_over_processes(
        order=order,
        processes=2,
        progress=lambda **said: told.append((said["done"], said["total"], said["message"])),
    )
    assert (report.steps, report.resumed_from_step) == (12, 0)
    assert told[-1][1:] == (12, "training")
    card = (order.output / "checkpoint" / "README.md").read_text()
    assert "Training started from the base 'first' (SHA-256 abc)." in card
    assert report.started_from == order.origin
    before = json.loads((trained / "report.json").read_text())
    assert report.final_loss < before["final_loss"]
    assert not ranks()


def test_what_one_process_is_refused_is_the_reason(order: TrainOrder, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(CaptionerError, match="empty") as error:
        train_over_processes(
            order=dataclasses.replace(order, manifest=tmp_path / "empty.jsonl"), processes=2, progress=silent
        )
    assert len(str(error.value).splitlines()) == 1


class Stopped(Exception):
    """What a job that was cancelled raises."""


def test_all_processes_end_with_what_progress_raises_and_with_one_that_dies(order: TrainOrder) -> None:
    """The first training is stopped in its middle, the second one resumes it and loses a process."""
    longer = dataclasses.replace(
        order,
        config=dataclasses.replace(
            order.config, training=dataclasses.replace(order.config.training, max_steps=5_000, epochs=5_000.0)
        ),
    )
    seen: list[psutil.Process] = []

    def stop(*, done: int, total: int, message: str) -> None:
        if message == "training" and done > 0:
            seen.extend(ranks())
            raise Stopped

    with pytest.raises(Stopped):
        train_over_processes(order=longer, processes=2, progress=stop)
    assert len(seen) == 3  # The launcher and both ranks.
    assert not any(lives(one) for one in seen)

    def kill(*, done: int, total: int, message: str) -> None:
        if message == "training" and done > 0:
            for one in ranks():
                with suppress(psutil.NoSuchProcess):  # a zombie by now, too
                    if one.environ().get("RANK") == "1":
                        one.kill()

    with pytest.raises(ProcessDied, match="goes on from its last saved state") as error:
        train_over_processes(order=longer, processes=2, progress=kill)
    assert len(str(error.value).splitlines()) == 1
    assert not ranks()
