"""Keys and values in pages and on a shelf: rows that come and go attend to their own positions, to all and no others."""

import random
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor
from transformers import PreTrainedModel, Qwen2Config, Qwen2Model

from captioner.generation.attention import RowStates, attention_over_row_states
from captioner.generation.pages import POSITIONS, Pages
from captioner.generation.shelf import Shelf

WIDTH = 32
PLACES = 6
LONGEST = 8 * POSITIONS


@pytest.fixture(scope="module")
def decoder() -> PreTrainedModel:
    """Two heads of queries for each of the keys."""
    torch.manual_seed(0)
    model = Qwen2Model(
        Qwen2Config(
            vocab_size=3,
            hidden_size=WIDTH,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
        )
    )
    model.eval()
    return model


@pytest.fixture(params=["pages", "shelf"])
def states(request: pytest.FixtureRequest) -> RowStates:
    if request.param == "pages":
        return Pages(capacity=PLACES * LONGEST // POSITIONS)
    return Shelf(places=PLACES, length=LONGEST, device=torch.device("cpu"), dtype=torch.float32)


@pytest.fixture(autouse=True)
def without_gradients() -> Iterator[None]:
    with torch.inference_mode():
        yield


def _prefill(decoder: PreTrainedModel, states: RowStates, prompts: list[Tensor]) -> None:
    padded = torch.nn.utils.rnn.pad_sequence(prompts, batch_first=True, padding_value=7.0)
    decoder(
        inputs_embeds=padded,
        use_cache=False,
        position_ids=torch.arange(padded.shape[1])[None],
        forward_pass=states.prefill([len(prompt) for prompt in prompts]),
    )


def _step(decoder: PreTrainedModel, states: RowStates, rows: list[Tensor]) -> Tensor:
    """Appends a position to each row; gives back the last hidden states."""
    positions = torch.tensor(states.lengths)[:, None]
    assert states.lengths == [len(row) for row in rows]
    rows[:] = [torch.cat((row, torch.randn(1, WIDTH))) for row in rows]
    output = decoder(
        inputs_embeds=torch.stack([row[-1:] for row in rows]),
        use_cache=False,
        position_ids=positions,
        forward_pass=states.step(),
    )
    return output.last_hidden_state[:, 0]  # type: ignore[no-any-return]


def test_rows_that_come_and_go_see_what_plain_recomputation_sees(
    decoder: PreTrainedModel, states: RowStates
) -> None:
    rng = random.Random(1)
    torch.manual_seed(1)
    rows: list[Tensor] = []
    grown = 0
    for _ in range(12):
        while len(rows) > PLACES - 2:
            gone = rng.randrange(len(rows))
            states.remove(gone)
            rows[gone] = rows[-1]
            rows.pop()
        prompts = [torch.randn(rng.randint(1, 2 * POSITIONS), WIDTH) for _ in range(2)]
        with attention_over_row_states(decoder):
            _prefill(decoder, states, prompts)
            rows += prompts
            for _ in range(rng.randint(1, POSITIONS - 1)):
                hidden = _step(decoder, states, rows)
        expected = [decoder(inputs_embeds=row[None]).last_hidden_state[0, -1] for row in rows]
        torch.testing.assert_close(hidden, torch.stack(expected), atol=1e-4, rtol=1e-4)
        grown = max(grown, *states.lengths)
    assert grown > 3 * POSITIONS


def test_pages_are_as_many_as_rows_have_filled(decoder: PreTrainedModel) -> None:
    pages = Pages(capacity=20)
    rows = [torch.randn(length, WIDTH) for length in (POSITIONS, 3 * POSITIONS - 1, 1)]
    with attention_over_row_states(decoder):
        _prefill(decoder, pages, rows)
        assert pages.in_use == 1 + 3 + 1
        _step(decoder, pages, rows)
        assert pages.in_use == 2 + 3 + 1
    pages.remove(1)
    assert pages.in_use == 2 + 1
    pages.remove(0)
    pages.remove(0)
    assert (pages.in_use, pages.lengths) == (0, [])
