"""Pickles of weights as safetensors, read in the way that runs no code."""

import json
import pickle
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from captioner.errors import FetchFailed, first_line
from captioner.storage import published_file, refusing_full_disk

INDEX: Final = "pytorch_model.bin.index.json"
SAFE_INDEX: Final = "model.safetensors.index.json"


def safe_name(name: str) -> str:
    """What a pickle is called once converted: as transformers and open_clip look for it."""
    stem = name.rpartition(".")[0]
    return f"{stem.removeprefix('pytorch_') if stem.startswith('pytorch_model') else stem}.safetensors"


def convert_pickle(source: Path, target: Path) -> None:
    """Writes the tensors of `source`; raises FetchFailed where it holds anything else, or is broken."""
    tensors = _without_sharing(_read(source))
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with refusing_full_disk(target):
            # transformers reads only files that say for whom they are.
            save_file(tensors, unfinished, metadata={"format": "pt"})
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def convert_index(source: Path, target: Path) -> None:
    """Of pickles in several parts: which tensor lies in which part, by the new names."""
    try:
        fields = json.loads(source.read_text(encoding="utf-8"))
        fields["weight_map"] = {name: safe_name(part) for name, part in fields["weight_map"].items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise FetchFailed(f"{_shown(source)} is damaged ({first_line(error)}); fetch it again.") from error
    with published_file(target) as stream:
        json.dump(fields, stream, indent=2)


def check_safetensors(file: Path) -> None:
    """Raises FetchFailed when the file cannot be what its name says."""
    try:
        with safe_open(file, framework="pt") as opened:
            names = list(opened.keys())
    except (SafetensorError, OSError) as error:
        raise FetchFailed(
            f"{_shown(file)} is no whole safetensors file ({first_line(error)}); fetch it again, or from another place."
        ) from error
    if not names:
        raise FetchFailed(f"{_shown(file)} holds no tensors; fetch it from another place.")


def _shown(file: Path) -> str:
    """The file's name once it is whole."""
    return file.name.removesuffix(".part")


def _read(source: Path) -> dict[str, Tensor]:
    try:
        found: Any = torch.load(source, map_location="cpu", weights_only=True, mmap=_can_be_mapped(source))
    except pickle.UnpicklingError as error:
        raise FetchFailed(
            f"{_shown(source)} holds more than weights and could run code when opened, so it was not opened; use a repository "
            "with safetensors."
        ) from error
    except (
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        TypeError,
    ) as error:
        raise FetchFailed(
            f"{_shown(source)} is no whole file of weights ({first_line(error)}); fetch it again, or from another place."
        ) from error
    if isinstance(found, dict) and isinstance(found.get("state_dict"), dict):
        found = found["state_dict"]
    if not isinstance(found, dict) or not found or not all(isinstance(one, Tensor) for one in found.values()):
        raise FetchFailed(
            f"{_shown(source)} is not a table of named tensors; use a repository with safetensors."
        )
    return {str(name): tensor for name, tensor in found.items()}


def _can_be_mapped(source: Path) -> bool:
    """Only the format of today, a zip, can be."""
    with source.open("rb") as stream:
        return stream.read(2) == b"PK"


def _without_sharing(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Tied weights share memory, which safetensors refuses: each name gets its own, so that nobody has to know of the tie."""
    seen: set[int] = set()
    apart = {}
    for name, tensor in tensors.items():
        storage = tensor.untyped_storage()
        shared = storage.data_ptr() in seen or storage.nbytes() != tensor.numel() * tensor.element_size()
        seen.add(storage.data_ptr())
        whole = tensor.detach().contiguous()
        apart[name] = whole.clone() if shared and whole.data_ptr() == tensor.data_ptr() else whole
    return apart
