"""Evaluating a captioner on held-out images: with alt-text, without it, and the alt-text itself, overall and by domain."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from torch import Tensor

from captioner.config import DecodeSettings
from captioner.encoders.embeddings import embed_rows, embedding_key, open_store
from captioner.encoders.encoder import Encoder
from captioner.errors import NothingToDo
from captioner.examples.views import TextCounts
from captioner.generation.generate import Caption, caption_rows
from captioner.metrics.cider import Corpus
from captioner.metrics.clip_score import clip_scores
from captioner.metrics.invented_names import invented_names
from captioner.metrics.meteor import meteor, meteor_jar
from captioner.metrics.noun_phrases import noun_phrase_scores
from captioner.metrics.overlap import bleu, rouge_l
from captioner.metrics.words import words
from captioner.model.checkpoint import load_checkpoint
from captioner.progress import Progress
from captioner.samples.manifest import Row, joined_alt_text, read_manifest, references_of
from captioner.storage import published_file
from captioner.warning_signs import warning_signs

Scores = dict[str, float]
SAMPLES = 20
# A warning about a domain rests on at least this many captions.
SMALLEST_DOMAIN = 10


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One held-out image with its texts, for people to look at."""

    row_id: str
    image: str
    alt_text: str
    reference: str
    with_alt: str
    without_alt: str


@dataclass(frozen=True, kw_only=True)
class EvaluationReport:
    """Metrics per caption source, the same per slice, samples, and failure signatures in plain words."""

    rows: int
    sources: dict[str, Scores]
    slices: dict[str, dict[str, dict[str, Scores]]]
    samples: list[Sample]
    warnings: list[str]


def evaluate(
    *,
    checkpoint: Path,
    manifest: Path,
    output: Path,
    cache: Path,
    decode: DecodeSettings,
    progress: Progress,
) -> EvaluationReport:
    """Captions the manifest's referenced rows with and without alt-text and writes the metrics as JSON to `output`."""
    loaded = load_checkpoint(folder=checkpoint, cache=cache, progress=progress)
    store = open_store(cache=cache, encoder=loaded.encoder)
    every = read_manifest(manifest)
    unreadable = embed_rows(rows=every, encoder=loaded.encoder, store=store, progress=progress)
    rows = [row for row in every if references_of(row) and row.row_id not in unreadable]
    if not rows:
        raise NothingToDo(
            f"No row of {manifest} has both a readable image and a reference, so nothing can be measured."
        )
    texts = {"alt_text": [joined_alt_text(row) for row in rows]}
    endings: dict[str, Scores] = {}
    for source, with_alt_text in (("with_alt", True), ("without_alt", False)):
        captions = caption_rows(
            rows=rows,
            loaded=loaded,
            store=store,
            with_alt_text=with_alt_text,
            decode=decode,
            counts=TextCounts(),
            progress=progress,
        )
        texts[source] = [caption.text for caption in captions]
        endings[source] = _endings(captions)
    embedding_NE = store.read(
        [place for place in store.find([embedding_key(r) for r in rows]) if place is not None]
    )
    score = _scorer(rows=rows, texts=texts, embedding_NE=embedding_NE, encoder=loaded.encoder)
    sources = {name: {**scores, **endings.get(name, {})} for name, scores in score(range(len(rows))).items()}
    slices = {
        "domain": _sliced(rows, key=lambda row: row.domain, score=score),
        "source": _sliced(rows, key=lambda row: row.source, score=score),
    }
    report = EvaluationReport(
        rows=len(rows),
        sources=sources,
        slices=slices,
        samples=_samples(rows, texts),
        warnings=_warnings(
            sources=sources,
            domains=_large_enough(slices["domain"], sizes=Counter(row.domain for row in rows)),
            unreadable=len(unreadable),
        ),
    )
    with published_file(output) as file:
        json.dump(asdict(report), file, indent=2, ensure_ascii=False)
    return report


def caption_scores(
    *,
    candidates: Sequence[str],
    references: Sequence[Sequence[str]],
    cider: float,
    alt_texts: Sequence[str],
    embedding_NE: Tensor,
    encoder: Encoder,
) -> Scores:
    """All metrics of one caption source on one set of rows; METEOR only where its program is to be had. `cider` is given,
    for it needs the references of all rows."""
    told = [(alt_text, *texts) for alt_text, texts in zip(alt_texts, references, strict=True)]
    phrases = noun_phrase_scores(candidates=candidates, references=references)
    clip = clip_scores(texts=candidates, embedding_NE=embedding_NE, encoder=encoder)
    scores = {
        "cider": cider,
        "bleu": bleu(candidates=candidates, references=references),
        "rouge_l": rouge_l(candidates=candidates, references=references),
        "clip_score": sum(clip) / len(clip),
        "np_precision": phrases.precision,
        "np_recall": phrases.recall,
        "np_f1": phrases.f1,
        "invented_names": invented_names(candidates=candidates, told=told),
        "mean_words": sum(len(words(text)) for text in candidates) / len(candidates),
    }
    if meteor_jar() is not None:
        scores["meteor"] = meteor(candidates=candidates, references=references)
    return {name: round(value, 4) for name, value in scores.items()}


def _endings(captions: Sequence[Caption]) -> Scores:
    """The shares of captions, in per cent, that were cut off at the limit and that go round in circles."""
    return {
        "cut_off": round(100 * sum(not one.finished for one in captions) / len(captions), 4),
        "looped": round(100 * sum(one.looped for one in captions) / len(captions), 4),
    }


def _scorer(
    *, rows: Sequence[Row], texts: Mapping[str, Sequence[str]], embedding_NE: Tensor, encoder: Encoder
) -> Callable[[Sequence[int]], dict[str, Scores]]:
    """Scores of every source on chosen rows."""
    references = [references_of(row) for row in rows]
    corpus = Corpus(references)

    def of_source(source: str, chosen: Sequence[int]) -> Scores:
        candidates = [texts[source][index] for index in chosen]
        return caption_scores(
            candidates=candidates,
            references=[references[index] for index in chosen],
            cider=corpus.score(candidates=candidates, images=chosen),
            alt_texts=[texts["alt_text"][index] for index in chosen],
            embedding_NE=embedding_NE[list(chosen)],
            encoder=encoder,
        )

    return lambda chosen: {
        source: of_source(source, chosen) for source in ("with_alt", "without_alt", "alt_text")
    }


def _sliced(
    rows: Sequence[Row], *, key: Callable[[Row], str], score: Callable[[Sequence[int]], dict[str, Scores]]
) -> dict[str, dict[str, Scores]]:
    members: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        members.setdefault(key(row), []).append(index)
    return {name: score(indices) for name, indices in sorted(members.items()) if name}


def _samples(rows: Sequence[Row], texts: Mapping[str, Sequence[str]]) -> list[Sample]:
    return [
        Sample(
            row_id=row.row_id,
            image=str(row.image),
            alt_text=texts["alt_text"][index],
            reference=references_of(row)[0],
            with_alt=texts["with_alt"][index],
            without_alt=texts["without_alt"][index],
        )
        for index, row in enumerate(rows[:SAMPLES])
    ]


def _large_enough(
    domains: Mapping[str, dict[str, Scores]], *, sizes: Mapping[str, int]
) -> dict[str, dict[str, Scores]]:
    """The domains with enough captions to say anything about them."""
    return {name: scores for name, scores in domains.items() if sizes[name] >= SMALLEST_DOMAIN}


def _warnings(
    *, sources: dict[str, Scores], domains: dict[str, dict[str, Scores]], unreadable: int
) -> list[str]:
    warnings = warning_signs(sources=sources, domains=domains)
    if unreadable:
        warnings.append(f"{unreadable} images could not be read and were left out.")
    if meteor_jar() is None:
        warnings.append("METEOR was not computed: it needs Java and METEOR's jar (set METEOR_JAR).")
    return warnings
