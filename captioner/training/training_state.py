"""The states of an unfinished training, so that a killed run goes on as if nothing had happened.

Weights, optimiser moments and generator states are safetensors; the rest is JSON. Each state is a folder `partial/STEP` that
appears when it is whole, so a kill while saving leaves the older ones. Which rows come next follows from the step alone (see
batches.py).
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch import distributed as dist
from torch.optim import Optimizer

from captioner.errors import ConfigMismatch, OtherVersion
from captioner.model.sharding import spread_like
from captioner.model.trained_model import contiguous
from captioner.storage import published_file, published_folder

# Goes up when what a training leaves behind changes its form or meaning: an older state is then refused, not misread.
STATE_VERSION: Final = 3

PIECE_SIZE: Final = "piece_size.json"
FILES: Final = ("weights.safetensors", "optimizer.safetensors", "generators.safetensors")


@dataclass(kw_only=True)
class TrainingPosition:
    """Where a training stands. `fingerprint` names settings and data: another run's state is not taken up."""

    fingerprint: str
    step: int = 0
    micro_batch_size: int = 0
    best_score: float | None = None
    best_step: int = 0
    evaluations_without_gain: int = 0
    # The last step that was evaluated, the skipped steps, and how many of them were the last ones.
    evaluated_step: int = 0
    bad_steps: int = 0
    bad_in_a_row: int = 0
    # The state of fp16's gradient scaler.
    scaler: dict[str, float] = field(default_factory=dict)
    # Where the source of examples stands.
    mark: dict[str, int] = field(default_factory=dict)


def state_to_save(
    *,
    partial: Path,
    position: TrainingPosition,
    model: nn.Module,
    optimizer: Optimizer,
    is_main: bool,
    keep: int,
) -> Callable[[], None] | None:
    """Copies the state to the CPU, which every process takes part in. The main one gets back what writes the copy below
    `partial` and removes all but the newest `keep` states; it may run while training goes on."""
    moments: dict[str, Tensor] = {}
    for index, state in optimizer.state_dict()["state"].items():
        moments.update({f"{index}.{name}": _as_tensor(value) for name, value in state.items()})
    weights, moments = contiguous(trainable(model), keep=is_main), contiguous(moments, keep=is_main)
    generators = _everybodys_generators()
    if not is_main:
        return None
    fields = json.dumps({"state_version": STATE_VERSION, **asdict(position)}, indent=2)
    step = position.step

    def write() -> None:
        with published_folder(partial / f"{step:09d}") as unfinished:
            for name, tensors in zip(FILES, (weights, moments, generators), strict=True):
                save_file(tensors, unfinished / name)
            (unfinished / "position.json").write_text(fields, encoding="utf-8")
        for old in states(partial)[:-keep]:
            shutil.rmtree(old, ignore_errors=True)

    return write


def states(partial: Path) -> list[Path]:
    """The states that are there, the newest last."""
    return sorted(file.parent for file in partial.glob("[0-9]*/position.json"))


def newest_whole(partial: Path) -> Path | None:
    """The newest state whose files can be read: after a loss of power the newest may be torn."""
    return next((state for state in reversed(states(partial)) if _is_whole(state)), None)


def remove_unfinished(partial: Path) -> None:
    """What a kill while saving has left."""
    for path in partial.glob(".[0-9]*"):
        shutil.rmtree(path, ignore_errors=True)


def _is_whole(state: Path) -> bool:
    try:
        json.loads((state / "position.json").read_text(encoding="utf-8"))
        for name in FILES:
            with safe_open(state / name, framework="pt"):
                pass
    except (OSError, ValueError, SafetensorError):
        return False
    return True


def read_position(state: Path) -> TrainingPosition:
    """Where the training that left `state` stands; raises OtherVersion."""
    fields = json.loads((state / "position.json").read_text(encoding="utf-8"))
    if fields.pop("state_version", None) != STATE_VERSION:
        raise OtherVersion(state.parent.parent)
    return TrainingPosition(**fields)


def remember_piece_size(*, output: Path, size: int) -> None:
    """For the next start, where pieces of more than `size` rows have not fitted into memory."""
    with published_file(output / PIECE_SIZE) as file:
        json.dump(size, file)


def remembered_piece_size(output: Path) -> int | None:
    file = output / PIECE_SIZE
    return int(json.loads(file.read_text())) if file.exists() else None


def check_positions(*, partial: Path, fingerprint: str) -> None:
    """Raises OtherVersion or ConfigMismatch when the training that left its states there cannot be resumed."""
    for state in states(partial):
        if read_position(state).fingerprint != fingerprint:
            raise ConfigMismatch(
                f"{partial.parent} holds an unfinished run of other settings or data; give each its own folder."
            )


def load_state(*, folder: Path, model: nn.Module, optimizer: Optimizer) -> None:
    """Puts weights, moments and generators back."""
    weights = load_file(folder / "weights.safetensors")
    restore(model=model, weights=weights)
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Any]] = {}
    for name, tensor in load_file(folder / "optimizer.safetensors").items():
        index, _, moment = name.partition(".")
        whole_size = tensor.shape == parameters[int(index)].shape
        state.setdefault(int(index), {})[moment] = (
            spread_like(tensor, parameters[int(index)]) if whole_size else tensor
        )
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    generators = load_file(folder / "generators.safetensors")
    rank = dist.get_rank() if dist.is_initialized() else 0
    # Over more processes than saved, those that are new start where the first one stood.
    torch.set_rng_state(generators.get(f"{rank}.cpu", generators["0.cpu"]))
    if "0.cuda" in generators and torch.cuda.is_available():
        torch.cuda.set_rng_state(generators.get(f"{rank}.cuda", generators["0.cuda"]))


def restore(*, model: nn.Module, weights: dict[str, Tensor]) -> None:
    """Puts trained weights back in place, spread as they are."""
    with torch.no_grad():
        for name, parameter in trainable(model).items():
            parameter.copy_(spread_like(weights[name], parameter))


def trainable(model: nn.Module) -> dict[str, Tensor]:
    """The parameters that training changes, each once."""
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def _everybodys_generators() -> dict[str, Tensor]:
    """Each process's under its number."""
    mine = _generators()
    every: Sequence[dict[str, Tensor]] = [mine]
    if dist.is_initialized() and dist.get_world_size() > 1:
        gathered: list[Any] = [None] * dist.get_world_size()
        dist.all_gather_object(gathered, mine)
        every = gathered
    return {f"{rank}.{name}": state for rank, one in enumerate(every) for name, state in one.items()}


def _generators() -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        states["cuda"] = torch.cuda.get_rng_state()
    return states


def _as_tensor(value: Any) -> Tensor:
    return value if isinstance(value, Tensor) else torch.tensor(value)
