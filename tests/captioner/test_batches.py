"""Batches and losses: the cheap way equals a plain, padded, full-logit reference on the same inputs."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM

from captioner.config import CaptionerConfig, DecoderConfig, LocalDecoder, TextConfig
from captioner.errors import NothingToDo, UnsupportedDecoder
from captioner.examples.batches import BatchPlan, collate, micro_batches
from captioner.examples.tokenizer import TextCodec, make_codec
from captioner.examples.views import Example, TextCounts, View, make_examples
from captioner.model.captioner import Captioner, check_decoder
from captioner.samples.manifest import Row

WORDS = "one two three four five six seven eight nine ten red blue small large square circle"
EMBEDDING = 12
IGNORED = -100


@pytest.fixture(scope="module")
def codec() -> TextCodec:
    return make_codec(
        config=DecoderConfig(local=LocalDecoder(vocabulary=330)), corpus=[WORDS] * 20, cache=Path()
    )


def _views(codec: TextCodec) -> list[View]:
    texts = [
        ("", "one red square"),
        ("blue", "two"),
        ("small large circle ten", WORDS),
        ("", "five"),
        (WORDS, "six six"),
    ]
    ids = codec.encode([text for pair in texts for text in pair])
    return [
        View(
            row=Row(row_id=str(n), image=Path("x"), sha256=""),
            alt_ids=tuple(ids[2 * n]),
            caption_ids=tuple(ids[2 * n + 1]),
        )
        for n in range(len(texts))
    ]


def _decoders(vocabulary: int) -> dict[str, torch.nn.Module]:
    """Small models of four families; OPT-350M's has another embedding width and norms after attention."""
    return {
        "opt": OPTForCausalLM(_opt(vocabulary)),
        "opt-350m": OPTForCausalLM(_opt(vocabulary, word_embed_proj_dim=16, do_layer_norm_before=False)),
        "gpt2": GPT2LMHeadModel(
            GPT2Config(vocab_size=vocabulary, n_embd=32, n_layer=2, n_head=4, n_positions=128)
        ),
        "llama": LlamaForCausalLM(
            LlamaConfig(
                vocab_size=vocabulary,
                hidden_size=32,
                intermediate_size=64,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=128,
            )
        ),
    }


def _opt(vocabulary: int, **changes: Any) -> OPTConfig:
    fields: dict[str, Any] = {
        "vocab_size": vocabulary,
        "hidden_size": 32,
        "word_embed_proj_dim": 32,
        "ffn_dim": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "max_position_embeddings": 128,
        "dropout": 0.0,
    }
    return OPTConfig(**{**fields, **changes})


def _captioner(quick: CaptionerConfig, decoder: torch.nn.Module) -> Captioner:
    torch.manual_seed(0)
    mapping = dataclasses.replace(quick.mapping, heads=4)
    training = dataclasses.replace(quick.training, embedding_noise=0.0)
    config = dataclasses.replace(quick, mapping=mapping, training=training)
    return Captioner(config=config, embedding_width=EMBEDDING, decoder=decoder).eval()


def _reference_loss(
    model: Captioner, codec: TextCodec, views: Sequence[View], embedding_BE: Tensor
) -> Tensor:
    """Every row padded far past its end, a full mask, logits everywhere, labels shifted by hand."""
    width, prefix = 120, model.visual_tokens
    ids = torch.full((len(views), width - prefix), codec.padding_id)
    mask = torch.zeros(len(views), width, dtype=torch.long)
    labels = torch.full((len(views), width), IGNORED)
    for row, view in enumerate(views):
        text = [*view.alt_ids, codec.separator_id, *view.caption_ids, codec.end_id]
        ids[row, : len(text)] = torch.tensor(text)
        mask[row, : prefix + len(text)] = 1
        first = prefix + len(view.alt_ids) + 1
        labels[row, first : prefix + len(text)] = torch.tensor([*view.caption_ids, codec.end_id])
    inputs = torch.cat((model.prefix(embedding_BE), model.embed_ids(ids)), dim=1)
    logits = model.decoder(inputs_embeds=inputs, attention_mask=mask, use_cache=False).logits
    return functional.cross_entropy(
        logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED, reduction="sum"
    )


@pytest.mark.parametrize("family", ["opt", "opt-350m", "gpt2", "llama"])
def test_losses_and_gradients_equal_the_plain_reference(
    quick: CaptionerConfig, codec: TextCodec, family: str
) -> None:
    model = _captioner(quick, _decoders(codec.size)[family])
    views = _views(codec)
    embedding_BE = functional.normalize(torch.randn(len(views), EMBEDDING), dim=-1)
    reference = _reference_loss(model, codec, views, embedding_BE)
    expected = torch.autograd.grad(reference, list(model.parameters()), materialize_grads=True)
    total = torch.zeros(())
    by_row = {view.row.row_id: number for number, view in enumerate(views)}
    for piece in micro_batches(views, size=2):
        batch = collate(views=piece, codec=codec)
        rows = [by_row[view.row.row_id] for view in piece]
        total = total + model(
            image_B=embedding_BE[rows],
            ids_BT=batch.ids_BT,
            predicting_M=batch.predicting_M,
            label_M=batch.label_M,
        )
    actual = torch.autograd.grad(total, list(model.parameters()), materialize_grads=True)
    torch.testing.assert_close(total, reference, rtol=1e-5, atol=1e-4)
    # Nothing depends on an embedding that no row uses: its gradient is nought on both sides.
    for mine, theirs in zip(actual, expected, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-3, atol=1e-4)


def test_a_decoder_that_changes_its_logits_afterwards_is_refused(codec: TextCodec) -> None:
    from transformers import Gemma2Config, Gemma2ForCausalLM

    capped = Gemma2ForCausalLM(
        Gemma2Config(
            vocab_size=codec.size,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=8,
            final_logit_softcapping=0.05,
        )
    )
    with pytest.raises(UnsupportedDecoder, match="choose another decoder"):
        check_decoder(capped)


def test_a_decoder_whose_attention_cannot_be_exchanged_is_refused(codec: TextCodec) -> None:
    from transformers import BloomConfig, BloomForCausalLM

    bloom = BloomForCausalLM(BloomConfig(vocab_size=codec.size, hidden_size=32, n_layer=1, n_head=2))
    with pytest.raises(UnsupportedDecoder, match="attention of its own"):
        check_decoder(bloom)


def test_a_caption_that_fills_the_length_exactly_still_counts(codec: TextCodec) -> None:
    config = TextConfig(alt_text_tokens=4, caption_tokens=len(codec.encode([WORDS])[0]))
    counts = TextCounts()
    rows = [Row(row_id="1", image=Path("x"), sha256="", alt_texts=(WORDS,), caption=WORDS)]
    example = make_examples(rows=rows, codec=codec, config=config, counts=counts)[0]
    view = example.view(seed=0, epoch=0, config=dataclasses.replace(config, alt_text_dropped=0.0))
    batch = collate(views=[view], codec=codec)
    assert batch.label_M.tolist() == [*codec.encode([WORDS])[0], codec.end_id]
    assert (counts.captions_truncated, counts.alt_texts_truncated, len(view.alt_ids)) == (0, 1, 4)


def test_the_first_word_is_predicted_from_the_separator_and_not_from_padding(codec: TextCodec) -> None:
    views = _views(codec)
    batch = collate(views=views, codec=codec)
    flat = batch.ids_BT.flatten()[batch.predicting_M]
    firsts = [0]
    for view in views[:-1]:
        firsts.append(firsts[-1] + len(view.caption_ids) + 1)
    assert flat[firsts].tolist() == [codec.separator_id] * len(views)
    assert codec.padding_id not in flat.tolist()


def _plan(codec: TextCodec, *, dropped: float = 0.5, seed: int = 0) -> BatchPlan:
    counts = TextCounts()
    rows = [
        Row(
            row_id=str(n),
            image=Path("x"),
            sha256="",
            alt_texts=("red blue",),
            caption=" ".join(WORDS.split()[: n % 9 + 1]),
        )
        for n in range(50)
    ]
    config = TextConfig(alt_text_dropped=dropped)
    examples: list[Example] = make_examples(rows=rows, codec=codec, config=config, counts=counts)
    return BatchPlan(examples=tuple(examples), batch_size=8, bucket_batches=3, text=config, seed=seed)


def test_an_epoch_holds_every_row_once_and_is_the_same_in_every_process(codec: TextCodec) -> None:
    plan = _plan(codec)
    batches = plan.epoch(3)
    assert batches == _plan(codec).epoch(3)
    assert sorted(int(view.row.row_id) for batch in batches for view in batch) == list(range(50))
    assert len(batches) == plan.batches_per_epoch == 7
    assert batches != plan.epoch(4)
    assert batches != _plan(codec, seed=1).epoch(3)


def test_rows_of_a_batch_have_like_lengths(codec: TextCodec) -> None:
    def padding(batches: list[list[View]]) -> float:
        real = sum(view.length for batch in batches for view in batch)
        return 1 - real / sum(max(view.length for view in batch) * len(batch) for batch in batches)

    bucketed = _plan(codec, dropped=0.0)
    alone = dataclasses.replace(bucketed, bucket_batches=1)
    assert padding(bucketed.epoch(0)) < 0.6 * padding(alone.epoch(0))


def test_alt_texts_are_dropped_for_the_asked_share_and_anew_each_epoch(codec: TextCodec) -> None:
    plan = _plan(codec)
    without = [{v.row.row_id for b in plan.epoch(epoch) for v in b if not v.alt_ids} for epoch in range(20)]
    share = sum(len(rows) for rows in without) / (20 * 50)
    assert share == pytest.approx(0.5, abs=0.06)
    assert without[0] != without[1]
    assert all(view.alt_ids for batch in _plan(codec, dropped=0.0).epoch(0) for view in batch)


def test_names_that_only_the_alt_text_tells_can_be_left_out_when_it_is_dropped(codec: TextCodec) -> None:
    row = Row(
        row_id="1", image=Path("x"), sha256="", alt_texts=("Rex",), caption="Rex: one small red square."
    )
    config = TextConfig(unseen_names="leave_out")
    example = make_examples(rows=[row], codec=codec, config=config, counts=TextCounts())[0]
    alone = example.view(seed=0, epoch=0, config=dataclasses.replace(config, alt_text_dropped=1.0))
    told = example.view(seed=0, epoch=0, config=dataclasses.replace(config, alt_text_dropped=0.0))
    assert codec.decode(alone.caption_ids) == "One small red square."
    assert codec.decode(told.caption_ids) == "Rex: one small red square."


def test_names_are_exchanged_in_alt_text_and_caption_alike_for_the_asked_share(codec: TextCodec) -> None:
    rows = [
        Row(
            row_id=name,
            image=Path("x"),
            sha256="",
            alt_texts=(f"{name} in Ulm",),
            caption=f"{name}: one small red square in Ulm.",
        )
        for name in ("Velora", "Torine")
    ]
    config = TextConfig(renamed=0.5, alt_text_dropped=0.0)
    example = make_examples(rows=rows, codec=codec, config=config, counts=TextCounts())[0]
    views = [example.view(seed=0, epoch=epoch, config=config) for epoch in range(400)]
    told = [(codec.decode(view.alt_ids), codec.decode(view.caption_ids)) for view in views]
    for alt_text, caption in told:
        name, place = alt_text.split(" in ")
        assert caption == f"{name}: one small red square in {place}."
    own = sum(alt_text == "Velora in Ulm" for alt_text, _ in told) / len(told)
    assert own == pytest.approx(0.5, abs=0.06)
    assert len(set(told)) > 10
    kept = example.view(seed=0, epoch=0, config=dataclasses.replace(config, renamed=0.0))
    assert codec.decode(kept.alt_ids) == "Velora in Ulm"


def test_rows_without_captions_are_counted_and_none_at_all_is_refused(codec: TextCodec) -> None:
    rows = [
        Row(row_id=str(n), image=Path("x"), sha256="", caption=caption)
        for n, caption in enumerate(["one", " ", None])
    ]
    counts = TextCounts()
    assert len(make_examples(rows=rows, codec=codec, config=TextConfig(), counts=counts)) == 1
    assert counts.captions_missing == 2
    with pytest.raises(NothingToDo, match="No row"):
        make_examples(rows=rows[1:], codec=codec, config=TextConfig(), counts=TextCounts())
