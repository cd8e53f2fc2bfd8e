"""The learning rate goes as asked, and decay pulls on matrices alone."""

import dataclasses
import math
from itertools import pairwise

import open_clip
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoModelForCausalLM, OPTConfig

from captioner.config import CaptionerConfig, TrainingConfig, get_preset
from captioner.model.captioner import Captioner
from captioner.training.optimizer import learning_rate, make_optimizer, not_decayed, warmup_steps

STEPS = st.integers(1, 5000)


@given(steps=STEPS, warmup=st.integers(0, 6000), floor=st.floats(0, 1))
def test_the_rate_climbs_for_the_steps_that_were_asked_for_and_ends_at_its_floor(
    steps: int, warmup: int, floor: float
) -> None:
    config = TrainingConfig(learning_rate=1.0, warmup_steps=warmup, final_learning_rate_share=floor)

    rates = [learning_rate(step=step, steps=steps, config=config) for step in range(steps)]

    climb = rates[:warmup]
    assert climb == pytest.approx([(step + 1) / warmup for step in range(len(climb))])
    fall = rates[warmup:]
    assert all(earlier >= later for earlier, later in pairwise(fall))
    assert all(floor - 1e-12 <= rate <= 1 for rate in fall)
    if len(fall) > 100:
        assert fall[-1] == pytest.approx(floor, abs=0.001)


@given(steps=STEPS, share=st.floats(0.01, 0.99))
def test_a_share_of_the_run_limits_the_warm_up_where_it_is_asked_for(steps: int, share: float) -> None:
    config = TrainingConfig(warmup_steps=200, warmup_share_limit=share)
    assert warmup_steps(steps=steps, config=config) == min(200, max(1, math.floor(steps * share)))


@pytest.fixture(scope="module")
def model() -> Captioner:
    """With an image tower that is trained too."""
    config: CaptionerConfig = dataclasses.replace(get_preset("tiny"))
    decoder = AutoModelForCausalLM.from_config(
        OPTConfig(
            vocab_size=100, hidden_size=32, word_embed_proj_dim=16, ffn_dim=64, num_hidden_layers=2,
            num_attention_heads=2, max_position_embeddings=64,
        )
    )  # fmt: skip
    tower = open_clip.model.CLIP(
        embed_dim=16,
        vision_cfg=open_clip.CLIPVisionCfg(layers=1, width=32, head_width=16, patch_size=16, image_size=32),
        text_cfg=open_clip.CLIPTextCfg(layers=1, width=32, heads=1, vocab_size=100),
    ).visual
    return Captioner(config=config, embedding_width=16, decoder=decoder, tower=tower)


def test_norms_biases_positions_and_constants_are_not_decayed(model: Captioner) -> None:
    spared = {id(parameter) for parameter in not_decayed(model)}
    names = {name for name, parameter in model.named_parameters() if id(parameter) in spared}

    tables = {name for name in names if dict(model.named_parameters())[name].ndim > 1}
    assert tables == {
        "mapping.constants_PD",
        "decoder.model.decoder.embed_positions.weight",
        "tower.positional_embedding",
    }
    vectors = {name for name, parameter in model.named_parameters() if parameter.ndim < 2}
    assert vectors <= names


@pytest.mark.parametrize("decay_positions", [False, True])
def test_a_step_without_gradients_shrinks_the_decayed_and_leaves_the_others(
    model: Captioner, decay_positions: bool
) -> None:
    """What decay does is seen by itself: all gradients are zero."""
    config = TrainingConfig(learning_rate=0.5, weight_decay=0.5, decay_positions=decay_positions)
    optimizer = make_optimizer(model=model, config=config)
    before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    spared = {id(parameter) for parameter in not_decayed(model, with_positions=not decay_positions)}
    tables = {name for name, one in model.named_parameters() if id(one) in spared and one.ndim > 1}
    assert bool(tables) is not decay_positions
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter)

    optimizer.step()

    for name, parameter in model.named_parameters():
        share = 1.0 if id(parameter) in spared else 0.75
        assert torch.allclose(parameter, share * before[name]), name
