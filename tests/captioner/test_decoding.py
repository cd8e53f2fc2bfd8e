"""Generation: the same tokens as by plain re-computation, whatever else is decoded beside a row."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from captioner.config import DecodeSettings
from captioner.generation.decoding import ContinuousDecoder, Generated, Prompt
from captioner.generation.load import run_decoder
from captioner.generation.sampling import choose, row_uniforms
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint

GREEDY = DecodeSettings(method="greedy", max_tokens=10, slots=3)
# High enough that rows differ from each other although the model has learned little.
NUCLEUS = DecodeSettings(method="nucleus", top_p=0.9, temperature=1.5, max_tokens=10, slots=3, seed=4)


@pytest.fixture(scope="module")
def loaded(trained: Path, cache: Path) -> LoadedCaptioner:
    return load_checkpoint(folder=trained, cache=cache)


@pytest.fixture(scope="module")
def prompts(loaded: LoadedCaptioner) -> list[Prompt]:
    generator = torch.Generator().manual_seed(0)
    alt_texts = [
        "",
        "Velora crimson boxes",
        "Ulidge",
        "",
        "sale",
        "Torika navy dots best price img_0231",
        "x y z",
    ]
    return [
        Prompt(
            row_id=f"row-{number}",
            embedding_E=torch.nn.functional.normalize(torch.randn(128, generator=generator), dim=0),
            alt_ids=tuple(ids),
        )
        for number, ids in enumerate(loaded.codec.encode(alt_texts))
    ]


def _decode(loaded: LoadedCaptioner, prompts: Sequence[Prompt], settings: DecodeSettings) -> list[Generated]:
    return run_decoder(loaded=loaded, prompts=prompts, settings=settings, tick=lambda _: None)


@torch.inference_mode()
def _recomputed(loaded: LoadedCaptioner, prompt: Prompt, *, count: int) -> tuple[list[int], list[float]]:
    """Greedy decoding with no cache, no batch and no mask."""
    ids = [*prompt.alt_ids, loaded.codec.separator_id]
    made: list[int] = []
    logprobs: list[float] = []
    for _ in range(count):
        text = loaded.model.embed_ids(torch.tensor([[*ids, *made]]))
        inputs = torch.cat((loaded.model.prefix(prompt.embedding_E[None]), text), dim=1)
        logits = loaded.model.decoder(inputs_embeds=inputs).logits[0, -1]
        made.append(int(logits.argmax()))
        logprobs.append(float(logits.log_softmax(dim=-1).max()))
        if made[-1] == loaded.codec.end_id:
            return made[:-1], logprobs
    return made, logprobs


def test_greedy_captions_equal_plain_recomputation(loaded: LoadedCaptioner, prompts: list[Prompt]) -> None:
    for prompt, generated in zip(prompts, _decode(loaded, prompts, GREEDY), strict=True):
        ids, logprobs = _recomputed(loaded, prompt, count=10)
        assert list(generated.ids) == ids
        assert list(generated.logprobs) == pytest.approx(logprobs[: len(ids)], abs=1e-4)


@pytest.mark.parametrize("settings", [GREEDY, NUCLEUS])
@pytest.mark.parametrize("slots", [1, 2, 7])
def test_a_row_does_not_depend_on_its_batch(
    loaded: LoadedCaptioner, prompts: list[Prompt], settings: DecodeSettings, slots: int
) -> None:
    together = _decode(loaded, prompts, settings)
    apart = _decode(loaded, list(reversed(prompts)), dataclasses.replace(settings, slots=slots))
    assert [one.ids for one in together] == [one.ids for one in reversed(apart)]


class _Waits(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts operations whose result decides what the program does next: for those it has to wait for a GPU."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        names = ("_local_scalar_dense", "nonzero", "equal", "is_nonzero", "unique", "masked_select")
        self.count += any(func.overloadpacket.__name__.startswith(name) for name in names)
        return func(*args, **(kwargs or {}))


def _decoder(loaded: LoadedCaptioner, settings: DecodeSettings, *, between: int) -> ContinuousDecoder:
    return ContinuousDecoder(
        model=loaded.model,
        codec=loaded.codec,
        settings=settings,
        device=torch.device("cpu"),
        tick=lambda _: None,
        tokens_between_looks=between,
    )


@pytest.mark.parametrize("settings", [GREEDY, NUCLEUS], ids=["greedy", "nucleus"])
@pytest.mark.parametrize("between", [2, 3, 8, 64])
def test_looking_seldom_changes_no_caption(
    loaded: LoadedCaptioner, prompts: list[Prompt], settings: DecodeSettings, between: int
) -> None:
    limited = [dataclasses.replace(prompt, max_tokens=number + 1) for number, prompt in enumerate(prompts)]
    for asked in (prompts, limited):
        seldom = _decoder(loaded, settings, between=between).decode(asked)
        always = _decode(loaded, asked, settings)
        assert [one.ids for one in seldom] == [one.ids for one in always]
        for one, other in zip(seldom, always, strict=True):
            assert list(one.logprobs) == pytest.approx(list(other.logprobs), abs=1e-4)
            assert one.end_logprob == pytest.approx(other.end_logprob, abs=1e-4)


def test_the_program_waits_for_the_device_once_in_eight_tokens(
    loaded: LoadedCaptioner, prompts: list[Prompt]
) -> None:
    settings = dataclasses.replace(NUCLEUS, top_p=0.1, max_tokens=40, slots=7)
    looks = {}
    for between in (1, 8):
        decoder = _decoder(loaded, settings, between=between)
        with _Waits() as waits:
            made = decoder.decode(prompts)
        longest = max(len(one.ids) for one in made)
        looks[between] = decoder.looks
        if between > 1:
            assert waits.count == 0
    assert longest > 20
    admissions = len(prompts)
    assert looks[1] >= longest
    assert looks[8] <= longest / 8 + admissions + 1


def test_a_row_whose_nucleus_is_wider_than_the_shortlist_is_done_again(
    loaded: LoadedCaptioner, prompts: list[Prompt]
) -> None:
    wide = dataclasses.replace(NUCLEUS, top_p=0.99, temperature=5.0)
    seldom = _decoder(loaded, wide, between=4)
    with _Waits() as waits:
        made = seldom.decode(prompts)
    assert waits.count > 0
    assert [one.ids for one in made] == [one.ids for one in _decode(loaded, prompts, wide)]


def test_another_seed_draws_another_caption(loaded: LoadedCaptioner, prompts: list[Prompt]) -> None:
    first = _decode(loaded, prompts, NUCLEUS)
    again = _decode(loaded, prompts, NUCLEUS)
    other = _decode(loaded, prompts, dataclasses.replace(NUCLEUS, seed=5))
    assert [one.ids for one in first] == [one.ids for one in again]
    assert [one.ids for one in first] != [one.ids for one in other]


def test_a_row_has_its_own_limit(loaded: LoadedCaptioner, prompts: list[Prompt]) -> None:
    limited = [dataclasses.replace(prompt, max_tokens=number + 1) for number, prompt in enumerate(prompts)]
    generated = _decode(loaded, limited, NUCLEUS)
    assert all(len(one.ids) <= number + 1 for number, one in enumerate(generated))


def test_beam_search_finds_what_is_at_least_as_likely_as_greedy(
    loaded: LoadedCaptioner, prompts: list[Prompt]
) -> None:
    greedy = _decode(loaded, prompts, dataclasses.replace(GREEDY, max_tokens=3))
    beams = _decode(loaded, prompts, dataclasses.replace(GREEDY, method="beam", beams=6, max_tokens=3))
    pairs = [
        (sum(b.logprobs), sum(g.logprobs))
        for b, g in zip(beams, greedy, strict=True)
        if len(b.ids) == len(g.ids)
    ]
    assert pairs
    assert all(beam >= plain - 1e-4 for beam, plain in pairs)


def test_the_nucleus_is_drawn_with_the_right_shares() -> None:
    share = torch.tensor([0.5, 0.3, 0.15, 0.05])
    settings = DecodeSettings(method="nucleus", top_p=0.75, temperature=1.0)
    uniforms = (torch.arange(1000) + 0.5) / 1000
    chosen, logprobs = choose(logits_AV=share.log().expand(1000, 4), uniform_A=uniforms, settings=settings)
    assert torch.bincount(chosen, minlength=4).tolist() == [625, 375, 0, 0]
    assert logprobs[0].item() == pytest.approx(share[0].log().item(), abs=1e-5)


def test_a_nucleus_wider_than_the_shortlist_is_exact() -> None:
    flat = torch.zeros(2000, 400)
    settings = DecodeSettings(method="nucleus", top_p=0.499, temperature=1.0)
    uniforms = (torch.arange(2000) + 0.5) / 2000
    chosen, _ = choose(logits_AV=flat, uniform_A=uniforms, settings=settings)
    assert torch.bincount(chosen).max().item() <= 10
    assert len(set(chosen.tolist())) == 200


def test_a_row_s_random_numbers_depend_on_its_name_and_the_seed_alone() -> None:
    assert torch.equal(
        row_uniforms(seed=1, row_id="a", count=4), row_uniforms(seed=1, row_id="a", count=9)[:4]
    )
    assert not torch.equal(
        row_uniforms(seed=1, row_id="a", count=4), row_uniforms(seed=1, row_id="b", count=4)
    )
