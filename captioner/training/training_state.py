"""The state of an unfinished training, so that a killed run goes on as if nothing had happened.

Weights, optimiser moments and generator states are safetensors; the rest is JSON. The folder `partial/` is replaced as a
whole, so a kill while saving leaves the older state. Which rows come next follows from the step alone (see batches.py).
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from captioner.errors import ConfigMismatch, OtherVersion
from captioner.model.sharding import spread_like
from captioner.model.trained_model import contiguous
from captioner.storage import published_file, published_folder

# Goes up when what a training leaves behind changes its form or meaning: an older state is then refused, not misread.
STATE_VERSION: Final = 2

PIECE_SIZE: Final = "piece_size.json"


@dataclass(kw_only=True)
class TrainingPosition:
    """Where a training stands. `fingerprint` names settings and data: another run's state is not taken up."""

    fingerprint: str
    step: int = 0
    micro_batch_size: int = 0
    best_score: float | None = None
    best_step: int = 0
    evaluations_without_gain: int = 0
    # Where the source of examples stands.
    mark: dict[str, int] = field(default_factory=dict)


def save_state(
    *, folder: Path, position: TrainingPosition, model: nn.Module, optimizer: Optimizer, is_main: bool
) -> None:
    """Publishes the state at `folder`. Every process calls this, the main one writes."""
    moments: dict[str, Tensor] = {}
    for index, state in optimizer.state_dict()["state"].items():
        moments.update({f"{index}.{name}": _as_tensor(value) for name, value in state.items()})
    weights, moments = contiguous(trainable(model), keep=is_main), contiguous(moments, keep=is_main)
    if not is_main:
        return
    with published_folder(folder) as unfinished:
        save_file(weights, unfinished / "weights.safetensors")
        save_file(moments, unfinished / "optimizer.safetensors")
        save_file(_generators(), unfinished / "generators.safetensors")
        fields = {"state_version": STATE_VERSION, **asdict(position)}
        (unfinished / "position.json").write_text(json.dumps(fields, indent=2), encoding="utf-8")


def read_position(folder: Path) -> TrainingPosition | None:
    """Where the training in `folder` stands, None when there is none; raises OtherVersion."""
    file = folder / "position.json"
    if not file.exists():
        return None
    fields = json.loads(file.read_text(encoding="utf-8"))
    if fields.pop("state_version", None) != STATE_VERSION:
        raise OtherVersion(folder.parent)
    return TrainingPosition(**fields)


def remember_piece_size(*, output: Path, size: int) -> None:
    """For the next start, where pieces of more than `size` rows have not fitted into memory."""
    with published_file(output / PIECE_SIZE) as file:
        json.dump(size, file)


def remembered_piece_size(output: Path) -> int | None:
    file = output / PIECE_SIZE
    return int(json.loads(file.read_text())) if file.exists() else None


def check_position(*, folder: Path, fingerprint: str) -> None:
    """Raises OtherVersion or ConfigMismatch when the training in `folder` cannot be resumed."""
    position = read_position(folder)
    if position is not None and position.fingerprint != fingerprint:
        raise ConfigMismatch(
            f"{folder.parent} holds an unfinished run of other settings or data; give each its own folder."
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
    torch.set_rng_state(generators["cpu"])
    if "cuda" in generators and torch.cuda.is_available():
        torch.cuda.set_rng_state(generators["cuda"])


def restore(*, model: nn.Module, weights: dict[str, Tensor]) -> None:
    """Puts trained weights back in place, spread as they are."""
    with torch.no_grad():
        for name, parameter in trainable(model).items():
            parameter.copy_(spread_like(weights[name], parameter))


def trainable(model: nn.Module) -> dict[str, Tensor]:
    """The parameters that training changes, each once."""
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def _generators() -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        states["cuda"] = torch.cuda.get_rng_state()
    return states


def _as_tensor(value: Any) -> Tensor:
    return value if isinstance(value, Tensor) else torch.tensor(value)
