"""States of an unfinished training: written in the background, the newest kept, a torn one passed over."""

import dataclasses
import signal
import threading
from pathlib import Path

import pytest

from captioner.config import CaptionerConfig
from captioner.errors import StoppedBySignal
from captioner.progress import silent
from captioner.training.background import BackgroundWriter
from captioner.training.history import read_history
from captioner.training.stopping import StopRequest, listening
from captioner.training.train import TrainReport, train
from captioner.training.training_state import newest_whole, states
from tests.captioner.conftest import WriteManifest


def test_work_goes_on_while_something_is_written_and_one_write_waits_for_another() -> None:
    writer, may_end, written = BackgroundWriter(), threading.Event(), list[int]()

    def write(number: int) -> None:
        may_end.wait()
        written.append(number)

    writer.start(lambda: write(1))
    writer.check()
    assert written == []
    may_end.set()
    writer.start(lambda: write(2))
    assert written[0] == 1
    writer.finish()
    assert written == [1, 2]


def test_what_fails_in_the_background_is_told_by_the_next_call() -> None:
    writer = BackgroundWriter()

    def fail() -> None:
        raise OSError("no space")

    writer.start(fail)
    with pytest.raises(OSError, match="no space"):
        writer.finish()
    writer.finish()
    writer.close()


def _often(quick: CaptionerConfig, *, keep: int) -> CaptionerConfig:
    return dataclasses.replace(
        quick, training=dataclasses.replace(quick.training, save_every_seconds=0.0, keep_states=keep)
    )


def _train(
    config: CaptionerConfig, manifest: Path, output: Path, cache: Path, stop: StopRequest
) -> TrainReport:
    return train(
        config=config,
        manifest=manifest,
        eval_manifest=None,
        output=output,
        cache=cache,
        progress=silent,
        stop=stop,
    )


def test_the_newest_states_are_kept_and_a_torn_one_is_passed_over(
    quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    manifest, config = write_manifest("train"), _often(quick, keep=3)
    request = StopRequest()

    def asking(*, done: int, total: int, message: str) -> None:
        if message == "training" and done == 6:
            request.number = signal.SIGTERM

    with pytest.raises(StoppedBySignal, match=r"saved at step 7 and stopped \(SIGTERM\)") as stopped:
        train(
            config=config,
            manifest=manifest,
            eval_manifest=None,
            output=tmp_path,
            cache=cache,
            progress=asking,
            stop=request,
        )
    assert stopped.value.exit_code == 143
    partial = tmp_path / "partial"
    assert [int(state.name) for state in states(partial)] == [5, 6, 7]
    weights = states(partial)[-1] / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    assert newest_whole(partial) == states(partial)[1]
    report = _train(config, manifest, tmp_path, cache, StopRequest())
    assert (report.resumed_from_step, report.steps) == (6, 12)
    assert [line["step"] for line in read_history(tmp_path)] == list(range(1, 13))
    assert not partial.exists()


def test_the_first_signal_is_a_request_and_what_was_set_before_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with listening() as request:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        assert request.number == signal.SIGTERM
        with pytest.raises(StoppedBySignal, match=r"Stopped \(SIGTERM\); run the same command again"):
            request.heard_by(silent)(done=1, total=2, message="embedding images")
        request.heard_by(silent)(done=1, total=2, message="training")
    assert signal.getsignal(signal.SIGTERM) is before
