"""What the encoder says of captions that people wrote: their embeddings, how well each fits its image, and CIDEr-D against
what others wrote for the same image."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from captioner.config import CaptionerConfig
from captioner.encoders.embeddings import embed_rows, embedding_key, open_store
from captioner.metrics.cider import Corpus
from captioner.model.checkpoint import best_device
from captioner.progress import Progress
from captioner.samples.manifest import read_manifest
from captioner.training.sources import make_encoder

CHUNK = 256


@dataclass(frozen=True, kw_only=True)
class CaptionMeasured:
    """`clip_score` is 100 × cosine of image and caption, not below 0; `cider` None without references."""

    row_id: str
    encoder: str
    embedding: list[float]
    clip_score: float
    cider: float | None


def measure_captions(
    *, config: CaptionerConfig, manifest: Path, cache: Path, progress: Progress
) -> Iterator[CaptionMeasured]:
    """Each row's `caption`, in their order; rows whose image cannot be read are left out.

    The frequencies that CIDEr-D weighs words by are those of all the manifest's references.
    """
    encoder = make_encoder(config=config, cache=cache, progress=progress, device=best_device())
    store = open_store(cache=cache, encoder=encoder)
    every = read_manifest(manifest)
    unreadable = embed_rows(rows=every, encoder=encoder, store=store, progress=progress)
    rows = [row for row in every if row.row_id not in unreadable]
    referenced = [row for row in rows if row.references]
    corpus = Corpus([row.references for row in referenced])
    in_corpus = {row.row_id: place for place, row in enumerate(referenced)}
    places = [place for place in store.find([embedding_key(row) for row in rows]) if place is not None]
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        image_NE = store.read(places[start : start + CHUNK])
        text_NE = encoder.embed_texts([row.caption or " " for row in chunk])
        clip_N = (image_NE * text_NE).sum(dim=-1).clamp(min=0) * 100
        for row, text_E, clip in zip(chunk, text_NE, clip_N.tolist(), strict=True):
            image = in_corpus.get(row.row_id)
            yield CaptionMeasured(
                row_id=row.row_id,
                encoder=encoder.key,
                embedding=text_E.tolist(),
                clip_score=clip,
                cider=None if image is None else corpus.score(candidates=[row.caption or ""], images=[image]),
            )
