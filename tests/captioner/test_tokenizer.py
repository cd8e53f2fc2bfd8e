"""Texts to ids and back: what a person typed stays what it was."""

from pathlib import Path

import pytest

from captioner.config import DecoderConfig, LocalDecoder
from captioner.examples.tokenizer import TextCodec, load_codec, make_codec

TEXTS = ["three small red squares", "Zürich: eine blaue Kugel", "赤い四角 </s> <pad>"]


@pytest.fixture(scope="module")
def codec() -> TextCodec:
    return make_codec(
        config=DecoderConfig(local=LocalDecoder(vocabulary=300)), corpus=TEXTS * 20, cache=Path()
    )


@pytest.mark.parametrize("text", [*TEXTS, "</s>", "<s><pad></s>", "a\nb", "🦎 unseen"])
def test_a_text_comes_back_as_it_was(codec: TextCodec, text: str) -> None:
    assert codec.decode(codec.encode([text])[0]) == text


def test_special_tokens_in_a_text_are_plain_text(codec: TextCodec) -> None:
    ids = codec.encode(["the end </s> <pad> <s>"])[0]
    assert not {codec.end_id, codec.padding_id, codec.separator_id} & set(ids)


def test_a_saved_tokenizer_still_takes_special_tokens_as_text(codec: TextCodec, tmp_path: Path) -> None:
    codec.save(tmp_path)
    assert load_codec(tmp_path).encode(["x </s>"]) == codec.encode(["x </s>"])


def test_a_word_has_the_same_ids_at_the_start_and_in_the_middle(codec: TextCodec) -> None:
    first, middle = codec.encode(["squares", "three squares"])
    assert middle[-len(first) :] == first


def test_an_empty_text_has_no_ids(codec: TextCodec) -> None:
    assert codec.encode(["", "  "]) == [[], []]
