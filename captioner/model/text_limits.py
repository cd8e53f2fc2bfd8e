"""How long a text may be for a run's encoder and decoder, written so that others can count without torch.

`write_text_limits` puts beside a checkpoint: `encoder.json` and `decoder.json`, tokenizers as the library `tokenizers` reads
them, and `limits.json`: for each its name, how many tokens fit, and how many of them the model adds itself (CLIP's start and
end). An encoder whose tokenizer cannot be written like that is left out.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from captioner.config import CaptionerConfig
from captioner.encoders.scenes_encoder import WORDS, cached_folder
from captioner.weights.available import encoder_folder
from captioner.weights.repositories import FOLDER, HUB, without_revision

# As CLIP cuts a text into words before it merges bytes.
CLIP_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"


def write_text_limits(*, config: CaptionerConfig, checkpoint: Path, cache: Path, folder: Path) -> None:
    """Write the three files into `folder`, over existing ones."""
    folder.mkdir(parents=True, exist_ok=True)
    limits: dict[str, dict[str, Any]] = {
        "decoder": {"name": config.decoder.pretrained, "limit": config.text.caption_tokens, "added": 0}
    }
    shutil.copyfile(checkpoint / "tokenizer" / "tokenizer.json", folder / "decoder.json")
    if (encoder := _encoder(config=config, cache=cache)) is not None:
        tokenizer, limit, added = encoder
        tokenizer.save(str(folder / "encoder.json"))
        limits["encoder"] = {"name": config.encoder.model, "limit": limit, "added": added}
    (folder / "limits.json").write_text(json.dumps(limits))


def _encoder(*, config: CaptionerConfig, cache: Path) -> tuple[Tokenizer, int, int] | None:
    """The tokenizer of the encoder's text tower, its context length, and how many places of it are the model's own."""
    if config.encoder.source == "scenes":
        made = cached_folder(cache=cache, model=config.encoder.model) / "tokenizer.json"
        return (Tokenizer.from_file(str(made)), WORDS, 0) if made.is_file() else None
    if config.encoder.source == "transformers":
        from transformers import AutoTokenizer

        folder = encoder_folder(config=config.encoder, cache=cache)
        theirs = AutoTokenizer.from_pretrained(folder, use_fast=True, local_files_only=True)
        return theirs.backend_tokenizer, theirs.model_max_length, theirs.num_special_tokens_to_add()
    import open_clip

    model = without_revision(config.encoder.model)
    if model.startswith(HUB):
        model = f"{FOLDER}{encoder_folder(config=config.encoder, cache=cache)}"
    clip = open_clip.get_tokenizer(model)
    if not isinstance(clip, open_clip.SimpleTokenizer) or not clip.context_length:
        return None
    return clip_tokenizer(clip), clip.context_length, 2


def clip_tokenizer(clip: Any) -> Tokenizer:
    """open_clip's own tokenizer with the same vocabulary and merges: the same ids, without start and end."""
    tokenizer = Tokenizer(
        models.BPE(vocab=clip.encoder, merges=list(clip.bpe_ranks), end_of_word_suffix="</w>")
    )
    # What open_clip's cleaning of a text comes to, save for texts that were broken by a wrong encoding.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Replace(Regex("[‘’]"), "'"),
            normalizers.Replace(Regex("[“”]"), '"'),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Lowercase(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CLIP_WORDS), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    return tokenizer
