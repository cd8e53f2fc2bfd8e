"""Which files of a repository are needed: settings and tokenizers, and of the weights the safest form there is."""

import re
from collections.abc import Collection
from typing import Final

from captioner.weights.repositories import Use

SMALL: Final = re.compile(r"[^/]+\.(json|txt|model|jinja)")
SAFETENSORS: Final = re.compile(r"[^/]+\.safetensors")
PICKLES: Final = re.compile(r"[^/]+\.(bin|pt|pth)")
SHARD: Final = r"(?:-\d{5}-of-\d{5})?"
# For each use, the first of these that a repository has.
WEIGHTS: Final[dict[Use, tuple[re.Pattern[str], ...]]] = {
    "transformers": (
        re.compile(rf"model{SHARD}\.safetensors"),
        re.compile(rf"pytorch_model{SHARD}\.bin"),
    ),
    "open_clip": (
        re.compile(r"open_clip_model\.safetensors|open_clip_pytorch_model\.safetensors"),
        re.compile(r"open_clip_pytorch_model\.bin"),
    ),
}


def needed_files(names: Collection[str], *, uses: Collection[Use]) -> list[str]:
    """The names of the files to fetch, small ones first; no weights among them means that there are none."""
    weights = {name for use in uses for name in _weights(names, use=use)}
    pickled = any(PICKLES.fullmatch(name) for name in weights)
    small = {name for name in names if SMALL.fullmatch(name) and _belongs(name, pickled=pickled)}
    return [*sorted(small), *sorted(weights)]


def weights_among(names: Collection[str]) -> list[str]:
    return [name for name in names if SAFETENSORS.fullmatch(name) or PICKLES.fullmatch(name)]


def _weights(names: Collection[str], *, use: Use) -> list[str]:
    for form in WEIGHTS[use]:
        if found := [name for name in names if form.fullmatch(name)]:
            return found
    return []


def _belongs(name: str, *, pickled: bool) -> bool:
    """An index belongs to the shards that it lists; and what is called like our own record is not taken for it."""
    if name == "fetched.json":
        return False
    if not name.endswith(".index.json"):
        return True
    return name == ("pytorch_model.bin.index.json" if pickled else "model.safetensors.index.json")
