"""BLEU-4 of sacrebleu (corpus, 13a tokens) and ROUGE-L of rouge-score (mean F1 against the best reference)."""

from collections.abc import Sequence
from typing import Any

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU


def bleu(*, candidates: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """0 to 100."""
    if not candidates:
        return 0.0
    most = max(len(texts) for texts in references)
    # sacrebleu wants one list per reference number, with None where an image has fewer.
    streams: list[Any] = [[texts[n] if n < len(texts) else None for texts in references] for n in range(most)]
    return float(BLEU().corpus_score(list(candidates), streams).score)


def rouge_l(*, candidates: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """0 to 100."""
    scorer = RougeScorer(["rougeL"])
    scores = [
        max(scorer.score(reference, candidate)["rougeL"].fmeasure for reference in texts)
        for candidate, texts in zip(candidates, references, strict=True)
    ]
    return 100 * sum(scores) / len(scores) if scores else 0.0
