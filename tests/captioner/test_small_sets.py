"""A recipe's schedule on few rows: warm-up and batches shrink until there are steps to learn in, and a sentence says so."""

import pytest

from captioner.config import get_preset
from captioner.recipe import read_recipe
from captioner.training.small_sets import BATCHES_AN_EPOCH, SMALLEST_BATCH, fitted
from captioner.training.sources import step_count


@pytest.mark.parametrize("rows", [1, 7, 60, 300, 2_000, 15_448, 60_000])
@pytest.mark.parametrize("name", ["altogether", "small", "tiny"])
def test_most_steps_come_after_the_warm_up(name: str, rows: int) -> None:
    config, why = fitted(config=get_preset(name), rows=rows)
    steps = step_count(training=config.training, examples=rows)
    assert config.training.warmup_steps * 2 <= steps
    assert bool(why) == (config != get_preset(name))
    if config.training.batch_size < get_preset(name).training.batch_size:
        assert (
            config.training.batch_size == SMALLEST_BATCH
            or rows >= BATCHES_AN_EPOCH * config.training.batch_size
        )
    assert config.training.micro_batch_size <= config.training.batch_size


def test_a_small_project_is_told_what_changed_and_why() -> None:
    config, why = fitted(config=get_preset("altogether"), rows=300)
    assert (config.training.batch_size, config.training.warmup_steps, config.training.epochs) == (32, 2, 2.0)
    assert why == (
        "With 300 training images the recipe 'altogether' takes 2 steps, fewer than its warm-up needs, and would hardly learn; "
        "so the batch size is 32 instead of 512 and the warm-up is 2 instead of 200, which makes 20 steps."
    )


def test_the_paper_s_batches_stay_at_the_paper_s_size() -> None:
    config, why = fitted(config=get_preset("altogether"), rows=15_448)
    assert (config.training.batch_size, config.training.warmup_steps) == (512, 6)
    assert "batch size" not in why


def test_a_large_set_has_the_recipe_as_it_is() -> None:
    assert fitted(config=get_preset("altogether"), rows=200_000) == (get_preset("altogether"), "")


def test_the_paper_s_schedule_has_a_recipe_for_each_stage() -> None:
    before, after = read_recipe("altogether-pretrain"), read_recipe("altogether")
    for config, epochs in ((before, 1.0), (after, 2.0)):
        training = config.training
        assert (training.learning_rate, training.final_learning_rate_share) == (2e-4, 0.1)
        assert (training.warmup_steps, training.batch_size, training.epochs) == (200, 512, epochs)
    assert (before.encoder, before.decoder, before.mapping) == (after.encoder, after.decoder, after.mapping)
