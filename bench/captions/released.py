"""The released code's cost, written plainly by us: everything padded to the full length, nothing reused.

Alt-texts are padded to 128 tokens with attention on the padding, captions to 192, each image is encoded in every pass,
logits are computed at every position, and a batch generates until its longest row ends.

Shapes: B rows, T = 320 text positions, P visual tokens, E embedding, V vocabulary.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import StoppingCriteria, StoppingCriteriaList

from bench.captions.scale import ALT_TOKENS, CAPTION_TOKENS, Scaled
from captioner.examples.views import View

IGNORED = -100


def released_loss(*, scaled: Scaled, views: Sequence[View], pixels: Tensor) -> Tensor:
    """The mean loss of one training step the released way."""
    with torch.no_grad():
        embedding_BE = functional.normalize(scaled.encoder(pixels), dim=-1)
    return padded_loss(scaled=scaled, views=views, embedding_BE=embedding_BE)


def padded_loss(*, scaled: Scaled, views: Sequence[View], embedding_BE: Tensor) -> Tensor:
    model, padding = scaled.model, scaled.codec.padding_id
    device = embedding_BE.device
    ids_BT = torch.full((len(views), ALT_TOKENS + CAPTION_TOKENS), padding)
    labels_BT = torch.full_like(ids_BT, IGNORED)
    for row, view in enumerate(views):
        ids_BT[row, : len(view.alt_ids)] = torch.tensor(view.alt_ids, dtype=torch.long)
        caption = torch.tensor((*view.caption_ids, scaled.codec.end_id))
        ids_BT[row, ALT_TOKENS : ALT_TOKENS + len(caption)] = caption
        labels_BT[row, ALT_TOKENS : ALT_TOKENS + len(caption)] = caption
    ids_BT, labels_BT = ids_BT.to(device), labels_BT.to(device)
    visual_BPD = model.prefix(embedding_BE)
    inputs = torch.cat((visual_BPD, model.embed_ids(ids_BT)), dim=1)
    mask = torch.ones(inputs.shape[:2], dtype=torch.long, device=device)
    mask[:, model.visual_tokens + ALT_TOKENS :] = ids_BT[:, ALT_TOKENS:] != padding
    logits_BSV = model.decoder(inputs_embeds=inputs, attention_mask=mask, use_cache=False).logits
    text_BTV = logits_BSV[:, model.visual_tokens - 1 : -1]
    return functional.cross_entropy(text_BTV.flatten(0, 1), labels_BT.flatten(), ignore_index=IGNORED)


class OwnLengths(StoppingCriteria):
    """Ends each row after its own number of tokens, as a trained model's end token would."""

    def __init__(self, limits: Tensor) -> None:
        self._limits = limits

    def __call__(self, input_ids: Tensor, scores: Any, **kwargs: Any) -> Tensor:
        return self._limits <= input_ids.shape[1]


def generate_padded(
    *,
    scaled: Scaled,
    embedding_BE: Tensor,
    alt_ids: Sequence[Sequence[int]],
    limits: Sequence[int],
    static: bool,
) -> list[list[int]]:
    """transformers' generate, greedy. `static`: right masks, short padding and a static cache; else the released way."""
    model, codec = scaled.model, scaled.codec
    prompts = [[*ids, codec.separator_id] for ids in alt_ids]
    width = max(len(ids) for ids in prompts) if static else ALT_TOKENS + 1
    ids_BT = torch.full((len(prompts), width), codec.padding_id)
    real_BT = torch.zeros_like(ids_BT)
    for row, ids in enumerate(prompts):
        place = slice(width - len(ids), width)
        ids_BT[row, place] = torch.tensor(ids)
        real_BT[row, place] = 1
    ids_BT, real_BT = ids_BT.to(embedding_BE.device), real_BT.to(embedding_BE.device)
    visual_BPD = model.prefix(embedding_BE)
    inputs, mask = (
        _left_padded(visual_BPD, model.embed_ids(ids_BT), real_BT)
        if static
        else _padded_between(visual_BPD, model.embed_ids(ids_BT), real_BT)
    )
    sequences = model.decoder.generate(
        inputs_embeds=inputs,
        attention_mask=mask,
        do_sample=False,
        max_new_tokens=max(limits),
        eos_token_id=codec.end_id,
        pad_token_id=codec.padding_id,
        stopping_criteria=StoppingCriteriaList([OwnLengths(torch.tensor(limits, device=inputs.device))]),
        **({"cache_implementation": "static", "disable_compile": True} if static else {}),
    )
    return [sequence[:limit].tolist() for sequence, limit in zip(sequences, limits, strict=True)]


def _left_padded(visual_BPD: Tensor, text_BTD: Tensor, real_BT: Tensor) -> tuple[Tensor, Tensor]:
    """Padding before the visual tokens, so that what a row attends to is contiguous."""
    inputs, masks = [], []
    for visual_PD, text_TD, real_T in zip(visual_BPD, text_BTD, real_BT, strict=True):
        padding = int((real_T == 0).sum())
        inputs.append(torch.cat((text_TD[:padding], visual_PD, text_TD[padding:])))
        masks.append(torch.cat((real_T[:padding], real_T.new_ones(len(visual_PD)), real_T[padding:])))
    return torch.stack(inputs), torch.stack(masks)


def _padded_between(visual_BPD: Tensor, text_BTD: Tensor, real_BT: Tensor) -> tuple[Tensor, Tensor]:
    """Padding is attended to like text, as released."""
    inputs = torch.cat((visual_BPD, text_BTD), dim=1)
    return inputs, torch.ones(inputs.shape[:2], dtype=torch.long, device=inputs.device)
