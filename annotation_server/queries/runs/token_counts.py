"""How many tokens a caption has for the encoder and the decoder of a project's captioner: counted exactly, without torch.

The worker wrote the tokenizers when it trained (captioner/model/text_limits.py).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from annotation_server.models import CaptionerRun, Project
from annotation_server.places import text_limits_folder

PARTS = ("encoder", "decoder")


@dataclass(frozen=True, kw_only=True)
class TokenCount:
    """`part` is encoder or decoder, `model` its name (empty for one made here); more than `limit` tokens are cut off."""

    part: str
    model: str
    count: int
    limit: int


def token_counts(*, project: Project, text: str) -> list[TokenCount]:
    """By the newest run that was trained; none before the first."""
    folder = _newest(project)
    return [] if folder is None else list(_counts(folder, text))


def _newest(project: Project) -> Path | None:
    runs = CaptionerRun.objects.filter(project=project).exclude(checkpoint="").order_by("-id")
    for run_id in runs.values_list("id", flat=True):
        folder = text_limits_folder(run_id=run_id)
        if (folder / "limits.json").is_file():
            return folder
    return None


def _counts(folder: Path, text: str) -> Iterator[TokenCount]:
    for part, about in json.loads((folder / "limits.json").read_text("utf-8")).items():
        if part in PARTS:
            # A stamp of the file is part of the key: a run that is trained again has another one.
            file = folder / f"{part}.json"
            tokenizer = _tokenizer(file, file.stat().st_mtime_ns)
            # As the captioner reads a text: with a space before its first word.
            words = f" {text.strip()}" if text.strip() else ""
            count = len(tokenizer.encode(words, add_special_tokens=False).ids) + about["added"]
            yield TokenCount(part=part, model=about["name"], count=count, limit=about["limit"])


@lru_cache(maxsize=8)
def _tokenizer(file: Path, stamp: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # "</s>" typed by a person is four characters, not the end of the text.
    tokenizer.encode_special_tokens = True
    return tokenizer
