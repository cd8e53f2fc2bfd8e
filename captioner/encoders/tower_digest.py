"""What an encoder's key says of its weights: a digest of the image tower, computed once and kept beside their files."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from captioner.storage import published_file

WEIGHTS: Final = ("*.safetensors", "*.bin", "*.pt", "*.pth")
Fingerprint = list[list[str | int]]


def tower_digest(*, weights: Mapping[str, Tensor], files: Sequence[Path], cache: Path) -> str:
    """Names the image tower's `weights`, which were read from `files`.

    They are hashed once for each path, size and time of `files`; what came of it lies beside the first of them, or below
    `cache` where that folder cannot be written. Without files they are hashed each time.
    """
    if not files:
        return digest_of(weights)
    seen = _fingerprint(files)
    # Names too: two models of one file may have towers of their own.
    place = hashlib.sha256(json.dumps([str(files[0].absolute()), sorted(weights)]).encode()).hexdigest()[:12]
    beside = files[0].absolute().with_name(f".{files[0].name}.{place}.tower.json")
    spare = cache / "encoders" / f"{place}.tower.json"
    for kept in (beside, spare):
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads(kept.read_text(encoding="utf-8"))
            if found["files"] == seen:
                return str(found["digest"])
    digest = digest_of(weights)
    with published_file(beside if os.access(beside.parent, os.W_OK) else spare) as stream:
        json.dump({"files": seen, "digest": digest}, stream)
    return digest


def weights_in(folder: Path) -> list[Path]:
    """The files of weights in a folder, in the order of their names."""
    return sorted({file for pattern in WEIGHTS for file in folder.glob(pattern)})


def _fingerprint(files: Sequence[Path]) -> Fingerprint:
    found: Fingerprint = []
    for file in files:
        real = file.resolve()
        state = real.stat()
        found.append([str(real), state.st_size, state.st_mtime_ns])
    return found


def digest_of(weights: Mapping[str, Tensor]) -> str:
    """Names weights by their names, kinds, sizes and contents."""
    digest = hashlib.sha256()
    for name, tensor in sorted(weights.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().data)
    return digest.hexdigest()[:16]
