"""Writing captions for a manifest: one JSON line a row, in the manifest's order, in a file that is whole or absent."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from captioner.config import DecodeSettings
from captioner.encoders.embeddings import EmbeddingStore, embed_rows, embedding_key, open_store
from captioner.examples.views import TextCounts
from captioner.generation.decoding import Generated
from captioner.generation.load import make_prompts, run_decoder
from captioner.json_line import json_line
from captioner.metrics.clip_score import clip_scores
from captioner.model.checkpoint import LoadedCaptioner, load_checkpoint, require_checkpoint
from captioner.progress import Progress
from captioner.samples.manifest import Row, joined_alt_text, read_manifest
from captioner.storage import published_file

# Rows decoded between two writes.
CHUNK = 4096


@dataclass(frozen=True, kw_only=True)
class GenerateReport:
    """What was written. Rows whose image could not be read are in the file too, with an empty text and the reason."""

    rows: int
    unreadable_images: dict[str, str]
    alt_texts_truncated: int
    mean_logprob: float
    mean_clip_score: float
    mean_tokens: float
    # Captions that were cut at the limit, and captions that go round in circles.
    unfinished: int
    looped: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Caption:
    """One generated caption with its scores. `finished` and `looped`: see Generated."""

    row_id: str
    text: str
    finished: bool
    looped: bool
    mean_logprob: float
    token_logprobs: list[float]
    tokens: list[str]
    clip_score: float


def generate(
    *,
    checkpoint: Path,
    manifest: Path,
    output: Path,
    cache: Path,
    with_alt_text: bool,
    decode: DecodeSettings,
    progress: Progress,
) -> GenerateReport:
    """Captions every row of `manifest` into `output`."""
    began = time.monotonic()
    require_checkpoint(checkpoint=checkpoint, cache=cache)
    rows = read_manifest(manifest)
    loaded = load_checkpoint(folder=checkpoint, cache=cache, progress=progress)
    store = open_store(cache=cache, encoder=loaded.encoder)
    unreadable = embed_rows(rows=rows, encoder=loaded.encoder, store=store, progress=progress)
    counts = TextCounts()
    captions: list[Caption] = []
    with published_file(output) as stream:
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            made = caption_rows(
                rows=[row for row in chunk if row.row_id not in unreadable],
                loaded=loaded,
                store=store,
                with_alt_text=with_alt_text,
                decode=decode,
                counts=counts,
                progress=_shifted(progress, by=start, total=len(rows)),
            )
            captions += made
            for line in _lines(chunk, captions=made, unreadable=unreadable):
                stream.write(json_line(line))
    return GenerateReport(
        rows=len(rows),
        unreadable_images=unreadable,
        alt_texts_truncated=counts.alt_texts_truncated,
        mean_logprob=_mean([caption.mean_logprob for caption in captions]),
        mean_clip_score=_mean([caption.clip_score for caption in captions]),
        mean_tokens=_mean([len(caption.tokens) for caption in captions]),
        unfinished=sum(not caption.finished for caption in captions),
        looped=sum(caption.looped for caption in captions),
        seconds=round(time.monotonic() - began, 1),
    )


def caption_rows(
    *,
    rows: Sequence[Row],
    loaded: LoadedCaptioner,
    store: EmbeddingStore,
    with_alt_text: bool,
    decode: DecodeSettings,
    counts: TextCounts,
    progress: Progress,
) -> list[Caption]:
    """Captions of rows whose embeddings are in the store, in order."""
    places = [place for place in store.find([embedding_key(row) for row in rows]) if place is not None]
    return caption_embedded(
        rows=rows,
        embedding_NE=store.read(places),
        loaded=loaded,
        with_alt_text=with_alt_text,
        decode=decode,
        counts=counts,
        progress=progress,
    )


def caption_embedded(
    *,
    rows: Sequence[Row],
    embedding_NE: Tensor,
    loaded: LoadedCaptioner,
    with_alt_text: bool,
    decode: DecodeSettings,
    counts: TextCounts,
    progress: Progress,
) -> list[Caption]:
    """Captions of rows whose embeddings these are, in order."""
    if not rows:
        return []
    prompts = make_prompts(
        loaded=loaded,
        row_ids=[row.row_id for row in rows],
        alt_texts=[joined_alt_text(row) if with_alt_text else "" for row in rows],
        embedding_NE=embedding_NE,
        counts=counts,
    )
    stage = "captioning with alt-text" if with_alt_text else "captioning without alt-text"
    generated = run_decoder(
        loaded=loaded,
        prompts=prompts,
        settings=decode,
        tick=lambda done: progress(done=done, total=len(rows), message=stage),
    )
    texts = [loaded.codec.decode(one.ids) for one in generated]
    scores = clip_scores(texts=texts, embedding_NE=embedding_NE, encoder=loaded.encoder)
    return [
        _caption(row=row, text=text, generated=one, score=score, loaded=loaded)
        for row, text, one, score in zip(rows, texts, generated, scores, strict=True)
    ]


def _caption(*, row: Row, text: str, generated: Generated, score: float, loaded: LoadedCaptioner) -> Caption:
    return Caption(
        row_id=row.row_id,
        text=text,
        finished=generated.finished,
        looped=generated.looped,
        mean_logprob=generated.mean_logprob,
        token_logprobs=[round(logprob, 4) for logprob in generated.logprobs],
        tokens=loaded.codec.pieces(generated.ids),
        clip_score=score,
    )


def _lines(
    rows: Sequence[Row], *, captions: Sequence[Caption], unreadable: dict[str, str]
) -> list[dict[str, Any]]:
    by_id = {caption.row_id: asdict(caption) for caption in captions}
    empty: dict[str, Any] = {
        "text": "",
        "finished": None,
        "looped": None,
        "mean_logprob": None,
        "token_logprobs": [],
        "tokens": [],
        "clip_score": None,
    }
    return [
        by_id.get(row.row_id) or {"row_id": row.row_id, **empty, "error": unreadable[row.row_id]}
        for row in rows
    ]


def _shifted(progress: Progress, *, by: int, total: int) -> Progress:
    """Progress of one chunk told as progress of the whole."""

    def told(*, done: int, total: int, message: str, whole: int = total) -> None:
        progress(done=by + done, total=whole, message=message)

    return told


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
