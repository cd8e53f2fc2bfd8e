"""Several processes, started for real over gloo: the losses of one, sharded or not, with one of them short of memory."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from captioner.examples.batches import share_of
from captioner.examples.views import View
from captioner.samples.manifest import Row
from captioner.training.history import read_history
from tests.captioner.two_processes import Plain, arguments_of, train_over_two


def _train_over_two(
    plain: Plain, output: Path, *, trouble: dict[str, str], fails: bool = False, **changes: Any
) -> None:
    ranks = train_over_two(plain, output, trouble=trouble, **changes)
    assert any(rank.returncode for rank in ranks) == fails, [rank.stderr[-3000:] for rank in ranks]


def _values(output: Path, name: str) -> list[float]:
    return [line[name] for line in read_history(output) if name in line]


def _same_weights(one: Path, other: Path) -> bool:
    first, second = (load_file(folder / "checkpoint" / "model.safetensors") for folder in (one, other))
    return first.keys() == second.keys() and all(
        torch.allclose(tensor, second[name], atol=2e-3) for name, tensor in first.items()
    )


@pytest.mark.timeout(400)
def test_two_processes_have_the_losses_of_one(plain: Plain, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2",
               "-m", "captioner", *arguments_of(plain, tmp_path / "two")]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=380, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert _values(tmp_path / "two", "loss") == pytest.approx(_values(plain.alone, "loss"), rel=1e-3)
    assert _same_weights(tmp_path / "two", plain.alone)


@pytest.mark.timeout(800)
def test_a_sharded_model_has_the_losses_of_a_whole_one_and_is_resumed(plain: Plain, tmp_path: Path) -> None:
    output = tmp_path / "spread"
    _train_over_two(plain, output, trouble={"STOPPED_AFTER": "5"}, fails=True, sharded=True)
    assert len(_values(output, "loss")) == 5
    _train_over_two(plain, output, trouble={}, sharded=True)
    assert json.loads((output / "report.json").read_text())["resumed_from_step"] == 5
    for name in ("loss", "eval_loss"):
        assert _values(output, name) == pytest.approx(_values(plain.alone, name), rel=1e-3)
    assert _same_weights(output, plain.alone)


@pytest.mark.timeout(400)
def test_where_one_process_is_short_of_memory_all_halve_their_pieces(plain: Plain, tmp_path: Path) -> None:
    _train_over_two(plain, tmp_path / "two", trouble={"SHORT_OF_MEMORY": "1"})
    assert json.loads((tmp_path / "two" / "report.json").read_text())["micro_batch_size"] == 2
    assert _values(tmp_path / "two", "loss") == pytest.approx(_values(plain.alone, "loss"), rel=1e-3)


@pytest.mark.timeout(400)
def test_a_sharded_training_that_was_short_of_memory_is_gone_on_with_in_smaller_pieces(
    plain: Plain, tmp_path: Path
) -> None:
    output = tmp_path / "spread"
    short = {"SHORT_OF_MEMORY": "1"}
    _train_over_two(plain, output, trouble=short, fails=True, sharded=True)
    _train_over_two(plain, output, trouble=short, sharded=True)
    assert json.loads((output / "report.json").read_text())["micro_batch_size"] == 2
    assert not (output / "piece_size.json").exists()
    assert _values(output, "loss") == pytest.approx(_values(plain.alone, "loss"), rel=1e-3)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("standing", "sharded"), [("0", False), ("1", True)])
def test_processes_whose_clocks_differ_save_after_the_same_steps(
    plain: Plain, tmp_path: Path, standing: str, sharded: bool
) -> None:
    _train_over_two(
        plain, tmp_path / "two", trouble={"CLOCK_STANDS": standing}, save_every_seconds=0.01, sharded=sharded
    )
    assert _values(tmp_path / "two", "loss") == pytest.approx(_values(plain.alone, "loss"), rel=1e-3)


@pytest.mark.timeout(400)
def test_processes_whose_scores_differ_end_after_the_same_evaluation(plain: Plain, tmp_path: Path) -> None:
    output = tmp_path / "two"
    _train_over_two(
        plain, output, trouble={"SEES_WORSE": "0"}, evaluate_every=2, patience=2, select_by="loss"
    )
    report = json.loads((output / "report.json").read_text())
    assert (report["steps"], report["selected_step"], report["stopped_early"]) == (6, 2, True)


@pytest.mark.parametrize("rows", [1, 2, 5, 8])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_processes_have_as_many_pieces_and_each_row_counts_once(rows: int, size: int) -> None:
    row = Row(row_id="r", image=Path("i"), sha256="")
    views = [View(row=row, alt_ids=(), caption_ids=(5,) * (number + 1)) for number in range(rows)]
    shares = [share_of(views, process=process, processes=3, size=size) for process in range(3)]
    assert len({len(share) for share in shares}) == 1
    assert all(1 <= len(piece.views) <= size for share in shares for piece in share)
    counted = [view for share in shares for piece in share if piece.weight for view in piece.views]
    assert sorted(view.length for view in counted) == sorted(view.length for view in views)
