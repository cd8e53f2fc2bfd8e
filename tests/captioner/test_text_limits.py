"""The tokenizers that others count with give the same ids as the captioner's own."""

import json
from pathlib import Path

import open_clip
import pytest
from tokenizers import Tokenizer

from captioner.config import CaptionerConfig
from captioner.encoders.scenes_encoder import WORDS
from captioner.examples.tokenizer import load_codec
from captioner.model.text_limits import clip_tokenizer, write_text_limits

TEXTS = [
    "A green iguana on a rock.",
    "Rear Admiral Grace Hopper's desk, STS-93 & D.C. 1962",
    "東京 の 桜, naïve café: 2,000 words!!",
    "it's they'll I'D “quoted” ‘so’ … Üñïçødé",
    "😀 emoji, مرحبا, \n\t two   spaces",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_clips_tokens_are_open_clips(text: str) -> None:
    clip = open_clip.get_tokenizer("ViT-H-14-quickgelu")
    assert clip_tokenizer(clip).encode(text).ids == clip.encode(text)


def test_they_are_the_same_from_a_file(tmp_path: Path) -> None:
    made = clip_tokenizer(open_clip.get_tokenizer("ViT-H-14-quickgelu"))
    made.save(str(tmp_path / "encoder.json"))
    read = Tokenizer.from_file(str(tmp_path / "encoder.json"))
    assert [read.encode(text).ids for text in TEXTS] == [made.encode(text).ids for text in TEXTS]
    assert json.loads((tmp_path / "encoder.json").read_text())["model"]["type"] == "BPE"


def test_a_run_leaves_its_decoders_and_its_encoders_tokenizer(
    trained: Path, quick: CaptionerConfig, cache: Path, tmp_path: Path
) -> None:
    write_text_limits(config=quick, checkpoint=trained / "checkpoint", cache=cache, folder=tmp_path)
    limits = json.loads((tmp_path / "limits.json").read_text())
    assert limits["decoder"] == {"name": "", "limit": quick.text.caption_tokens, "added": 0}
    assert limits["encoder"] == {"name": "scenes-64", "limit": WORDS, "added": 0}
    decoder = Tokenizer.from_file(str(tmp_path / "decoder.json"))
    decoder.encode_special_tokens = True
    texts = ["a red circle left of a blue square", "</s> typed by a person", "東京"]
    assert [decoder.encode(f" {text}").ids for text in texts] == load_codec(
        trained / "checkpoint" / "tokenizer"
    ).encode(texts)
