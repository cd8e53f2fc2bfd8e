"""Beam search by transformers' own generate, for rows of equal prompt length at a time, so that no row is padded.

Shapes: R rows, E embedding, P visual tokens, T text positions, D decoder width.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from captioner.config import DecodeSettings
from captioner.examples.tokenizer import TextCodec
from captioner.generation.decoding import Generated, Prompt
from captioner.generation.loops import is_loop
from captioner.model.captioner import Captioner


class BeamDecoder:
    """The same interface as ContinuousDecoder."""

    def __init__(
        self,
        *,
        model: Captioner,
        codec: TextCodec,
        settings: DecodeSettings,
        device: torch.device,
        tick: Callable[[int], None],
    ) -> None:
        self._model = model
        self._codec = codec
        self._settings = settings
        self._device = device
        self._tick = tick

    @torch.inference_mode()
    def decode(self, prompts: Sequence[Prompt]) -> list[Generated]:
        """The captions in the prompts' order."""
        by_length: dict[int, list[int]] = {}
        for index, prompt in enumerate(prompts):
            by_length.setdefault(len(prompt.alt_ids), []).append(index)
        results: dict[int, Generated] = {}
        size = max(1, self._settings.slots // self._settings.beams)
        for indices in by_length.values():
            for start in range(0, len(indices), size):
                chosen = indices[start : start + size]
                results.update(zip(chosen, self._search([prompts[i] for i in chosen]), strict=True))
                self._tick(len(results))
        return [results[index] for index in range(len(prompts))]

    def _search(self, prompts: Sequence[Prompt]) -> list[Generated]:
        ids_RT = torch.tensor([[*p.alt_ids, self._codec.separator_id] for p in prompts], device=self._device)
        visual_RPD = self._model.prefix(torch.stack([p.embedding_E for p in prompts]).to(self._device))
        inputs = torch.cat((visual_RPD, self._model.embed_ids(ids_RT)), dim=1)
        sequences = self._model.decoder.generate(
            inputs_embeds=inputs,
            attention_mask=torch.ones(inputs.shape[:2], dtype=torch.long, device=self._device),
            num_beams=self._settings.beams,
            do_sample=False,
            max_new_tokens=self._settings.max_tokens,
            eos_token_id=self._codec.end_id,
            pad_token_id=self._codec.padding_id,
        )
        return [
            self._scored(inputs[row : row + 1], ids=self._cut(sequence.tolist()))
            for row, sequence in enumerate(sequences)
        ]

    def _cut(self, ids: list[int]) -> list[int]:
        """The ids up to and including the end."""
        return ids[: ids.index(self._codec.end_id) + 1] if self._codec.end_id in ids else ids

    def _scored(self, prompt: Tensor, *, ids: list[int]) -> Generated:
        tokens = torch.tensor([ids], device=self._device)
        inputs = torch.cat((prompt, self._model.embed_ids(tokens)), dim=1)
        hidden = self._model.hidden(inputs, use_cache=False)[:, prompt.shape[1] - 1 : -1]
        logprobs = (
            self._model.logits(hidden)
            .float()
            .log_softmax(dim=-1)
            .gather(2, tokens[..., None])[0, :, 0]
            .tolist()
        )
        ended = ids[-1] == self._codec.end_id
        whole = self._codec.whole(ids[: len(ids) - ended])
        return Generated(
            ids=whole,
            logprobs=tuple(logprobs[: len(whole)]),
            end_logprob=logprobs[-1] if ended else 0.0,
            finished=ended,
            looped=is_loop(ids[: len(ids) - ended]),
        )
