"""CLIP score: how close a caption is to its image in the encoder's own space, times 100 and not below 0."""

from collections.abc import Sequence

from torch import Tensor

from captioner.encoders.encoder import Encoder

CHUNK = 256


def clip_scores(*, texts: Sequence[str], embedding_NE: Tensor, encoder: Encoder) -> list[float]:
    """One score a text; an empty text scores 0."""
    scores: list[float] = []
    for start in range(0, len(texts), CHUNK):
        part = list(texts[start : start + CHUNK])
        text_NE = encoder.embed_texts([text or " " for text in part])
        cosines = (text_NE * embedding_NE[start : start + CHUNK]).sum(dim=-1).clamp(min=0) * 100
        scores += [
            round(score, 3) if text else 0.0 for score, text in zip(cosines.tolist(), part, strict=True)
        ]
    return scores
