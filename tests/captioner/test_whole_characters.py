"""A character may take several tokens: texts are cut between characters, and each token is told with the text that it adds."""

import dataclasses
import json
from pathlib import Path

import pytest

from captioner.config import CaptionerConfig, DecoderConfig, DecodeSettings, LocalDecoder, TextConfig
from captioner.examples.tokenizer import TextCodec, make_codec
from captioner.examples.views import TextCounts, make_examples
from captioner.generation.generate import generate
from captioner.progress import silent
from captioner.samples.manifest import Row
from captioner.training.train import train
from tests.captioner.conftest import WriteManifest

TEXT = "Ein Fuß: 赤い四角 🦎 и ящерица"
BROKEN = "\ufffd"


@pytest.fixture(scope="module")
def codec() -> TextCodec:
    """It knows nearly no letter beyond ASCII, so those take a token a byte."""
    return make_codec(
        config=DecoderConfig(local=LocalDecoder(vocabulary=280)),
        corpus=["three small red squares"] * 20,
        cache=Path(),
    )


def test_cutting_leaves_no_part_of_a_character(codec: TextCodec) -> None:
    [ids] = codec.encode([TEXT])
    whole = [codec.decode(codec.cut(ids, limit=limit)) for limit in range(len(ids) + 1)]
    assert [text for text in whole if not TEXT.startswith(text)] == []
    assert (whole[0], whole[-1]) == ("", TEXT)
    assert {len(codec.cut(ids, limit=limit)) - limit for limit in range(len(ids) + 1)} == {0, -1, -2, -3}


@pytest.mark.parametrize("limit", range(1, 40))
def test_what_is_learned_ends_with_a_whole_character(codec: TextCodec, limit: int) -> None:
    row = Row(row_id="1", image=Path("1.png"), sha256="0" * 64, alt_texts=(TEXT,), caption=TEXT)
    config = TextConfig(alt_text_tokens=limit, caption_tokens=limit, renamed=1.0)
    [example] = make_examples(rows=[row], codec=codec, config=config, counts=TextCounts())
    assert example.alone_ids is not None
    for ids in (example.alt_ids, example.caption_ids, example.alone_ids):
        assert TEXT.startswith(codec.decode(ids))


def test_pieces_make_the_text(codec: TextCodec) -> None:
    [ids] = codec.encode([TEXT])
    pieces = codec.pieces(ids)
    assert (len(pieces), "".join(pieces).strip()) == (len(ids), TEXT)
    assert {"赤", "い", "四", "角", "🦎"} <= {piece.strip() for piece in pieces}


@pytest.mark.parametrize("method", ["nucleus", "beam"])
def test_drafts_end_with_a_whole_character(
    method: str, quick: CaptionerConfig, cache: Path, write_manifest: WriteManifest, tmp_path: Path
) -> None:
    """Hardly trained, it writes any bytes, and is cut at any of them."""
    local = LocalDecoder(width=32, layers=1, heads=4, vocabulary=280)
    config = dataclasses.replace(
        quick,
        decoder=DecoderConfig(local=local),
        training=dataclasses.replace(quick.training, max_steps=2),
    )
    manifest = write_manifest("train", caption="赤い四角の上に青い丸", alt_texts=["四角"])
    checkpoint = tmp_path / "checkpoint"
    train(
        config=config,
        manifest=manifest,
        eval_manifest=None,
        output=checkpoint,
        cache=cache,
        progress=silent,
    )
    drafts = []
    for limit in (3, 4, 5):
        decode = DecodeSettings(method="beam" if method == "beam" else "nucleus", temperature=1.0, top_p=0.99)
        output = tmp_path / f"{limit}.jsonl"
        generate(
            checkpoint=checkpoint,
            manifest=manifest,
            output=output,
            cache=cache,
            with_alt_text=False,
            decode=dataclasses.replace(decode, max_tokens=limit, beams=2),
            progress=silent,
        )
        drafts += [(limit, json.loads(line)) for line in output.read_text().splitlines()]
    assert not [draft["text"] for _, draft in drafts if draft["text"].endswith(BROKEN)]
    assert all("".join(draft["tokens"]).strip() == draft["text"] for _, draft in drafts)
    assert all(len(draft["tokens"]) == len(draft["token_logprobs"]) for _, draft in drafts)
    assert any(len(draft["tokens"]) < limit for limit, draft in drafts), "None was cut in a character."
