"""A process of a training that dies, fails, hangs, is signalled or reads otherwise: all end, and say which and what to do."""

import json
import signal
from pathlib import Path

import pytest

from captioner.training.history import read_history
from captioner.training.training_state import states
from tests.captioner.two_processes import Plain, train_over_two


def _said(stderr: str) -> list[str]:
    """The lines by which the captioner ends: of its command, or of the thread that watches the others."""
    assert "Traceback" not in stderr
    ours = ("train: ", "Process ", "The training")
    return [line.removeprefix("train: ") for line in stderr.splitlines() if line.startswith(ours)]


@pytest.mark.parametrize(
    ("trouble", "survivor", "line", "sharded"),
    [
        ({"DIES": "1:3"}, 0, "Process 1 of 2 has died: it gives no sign of life.", False),
        ({"DIES": "1:3"}, 0, "Process 1 of 2 has died: it gives no sign of life.", True),
        ({"DIES": "0:3"}, 1, "The training's process 0 has ended without a word.", False),
        ({"FAILS": "1:3"}, 0, "Process 1 of 2 failed: The shard 7.tar cannot be read.", True),
        ({"FAILS": "0:3"}, 1, "Process 0 of 2 failed: The shard 7.tar cannot be read.", False),
        ({"READS_OTHERS": "1:3"}, 0, "Process 1 of 2 has read other rows than process 0;", True),
    ],
)
def test_where_one_is_lost_the_other_ends_and_names_it(
    plain: Plain, tmp_path: Path, trouble: dict[str, str], survivor: int, line: str, sharded: bool
) -> None:
    ranks = train_over_two(plain, tmp_path / "two", trouble=trouble, sharded=sharded)
    assert ranks[survivor].returncode == 1
    assert [said[: len(line)] for said in _said(ranks[survivor].stderr)] == [line]
    # One that is killed may leave the second of its saves unfinished.
    assert [int(state.name) for state in states(tmp_path / "two" / "partial")] in ([1, 2], [1])


def test_where_one_hangs_both_end_and_name_it(plain: Plain, tmp_path: Path) -> None:
    ranks = train_over_two(plain, tmp_path / "two", trouble={"HANGS": "1:3"}, stuck_after_seconds=8.0)
    assert [rank.returncode for rank in ranks] == [1, 1]
    line = "Process 1 of 2 hangs: the others have waited 8 s for it in step 3."
    assert [[said[: len(line)] for said in _said(rank.stderr)] for rank in ranks] == [[line], [line]]


def test_a_signal_to_one_saves_and_ends_all_and_the_rest_is_resumed(plain: Plain, tmp_path: Path) -> None:
    """Sharded, where more can go wrong."""
    output = tmp_path / "two"
    # Step 4 is evaluated, which is done when the training goes on.
    trouble = {"SIGTERM": "1:4"}
    ranks = train_over_two(plain, output, trouble=trouble, sharded=True, save_every_seconds=600.0)
    assert [rank.returncode for rank in ranks] == [128 + signal.SIGTERM] * 2
    line = "Training is saved at step 4 and stopped (SIGTERM); run the same command again to resume."
    assert [_said(rank.stderr) for rank in ranks] == [[line], []]
    ranks = train_over_two(plain, output, trouble={}, sharded=True)
    assert [rank.returncode for rank in ranks] == [0, 0], ranks[0].stderr[-3000:]
    assert json.loads((output / "report.json").read_text())["resumed_from_step"] == 4
    for name in ("loss", "eval_loss"):
        expected = [line[name] for line in read_history(plain.alone) if name in line]
        assert [line[name] for line in read_history(output) if name in line] == pytest.approx(
            expected, rel=1e-3
        )


@pytest.mark.parametrize("sharded", [False, True])
def test_where_one_has_bad_steps_both_skip_them_and_end_after_three(
    plain: Plain, tmp_path: Path, sharded: bool
) -> None:
    output, trouble = tmp_path / "two", {"BAD_LOSS": "1:3"}
    ranks = train_over_two(plain, output, trouble=trouble, sharded=sharded, bad_steps_in_a_row=3)
    assert [rank.returncode for rank in ranks] == [1, 1]
    history = read_history(output)
    assert [line["step"] for line in history if "loss" in line] == [1, 2]
    bad = [(line["step"], line["bad_steps"]) for line in history if "bad_rows" in line]
    assert bad == [(3, 1), (4, 2), (5, 3)]
    rows = [line["bad_rows"] for line in history if "bad_rows" in line][-1]
    # Half of the batch: the rows of the other process are not to blame.
    assert len(rows) == 4
    for rank in ranks:
        [line] = _said(rank.stderr)
        assert line.startswith(
            "Training ended at step 5: 3 steps in a row had a loss or gradient that is not a finite number, the last "
            f"with the rows {', '.join(rows)}."
        )


def test_where_one_is_short_of_memory_in_the_evaluation_it_tries_with_fewer_rows(
    plain: Plain, tmp_path: Path
) -> None:
    output = tmp_path / "two"
    ranks = train_over_two(plain, output, trouble={"SHORT_IN_EVALUATION": "1"}, max_steps=4)
    assert [rank.returncode for rank in ranks] == [0, 0], ranks[1].stderr[-3000:]
    assert [line["step"] for line in read_history(output) if "eval_cider" in line] == [4]


def test_a_death_within_a_save_leaves_the_one_before(plain: Plain, tmp_path: Path) -> None:
    output = tmp_path / "two"
    ranks = train_over_two(plain, output, trouble={"DIES_SAVING": "0:3"})
    assert ranks[0].returncode == -signal.SIGKILL
    assert [int(state.name) for state in states(output / "partial")] == [1, 2]
    assert list((output / "partial").glob(".000000003.*"))
    train_over_two(plain, output, trouble={"STOPPED_AFTER": "1"})
    assert [int(state.name) for state in states(output / "partial")] == [2, 3]
    assert not list((output / "partial").glob(".*"))
    losses, expected = ([line["loss"] for line in read_history(run)[:3]] for run in (output, plain.alone))
    assert losses == pytest.approx(expected, rel=1e-3)
