"""Batches: rows of like length together, padded to their own longest, and nothing computed that is not used.

A row is [visual tokens][alt-text][separator][caption][end], so everything real is contiguous from the left: with causal
attention no mask is needed, and positions are plain. Labels exist at caption tokens and the end only; a caption that was
cut has no end.

Shapes: B rows, T positions (text part, padded), M labelled positions of the batch.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from captioner.config import TextConfig
from captioner.examples.tokenizer import TextCodec
from captioner.examples.views import Example, View


@dataclass(frozen=True, kw_only=True)
class Batch:
    """`predicting_M` are flat indices into B * T of the positions whose next token is the label in `label_M`."""

    views: tuple[View, ...]
    ids_BT: Tensor
    predicting_M: Tensor
    label_M: Tensor

    @property
    def tokens(self) -> int:
        return int(self.label_M.numel())


def collate(*, views: Sequence[View], codec: TextCodec) -> Batch:
    """The views as tensors; the last real position predicts the end, if the caption has one."""
    rows = [(*view.alt_ids, codec.separator_id, *view.caption_ids) for view in views]
    width = max(len(row) for row in rows)
    ids_BT = torch.full((len(rows), width), codec.padding_id)
    predicting: list[Tensor] = []
    labels: list[int] = []
    for index, (row, view) in enumerate(zip(rows, views, strict=True)):
        ids_BT[index, : len(row)] = torch.tensor(row)
        first = index * width + len(view.alt_ids)
        predicting.append(torch.arange(first, first + view.labels))
        labels.extend((*view.caption_ids, codec.end_id)[: view.labels])
    return Batch(
        views=tuple(views), ids_BT=ids_BT, predicting_M=torch.cat(predicting), label_M=torch.tensor(labels)
    )


@dataclass(frozen=True, kw_only=True)
class BatchPlan:
    """Which rows are in which global batch of which epoch: a function of the seed alone."""

    examples: tuple[Example, ...]
    batch_size: int
    bucket_batches: int
    text: TextConfig
    seed: int

    @property
    def batches_per_epoch(self) -> int:
        return -(-len(self.examples) // self.batch_size)

    def epoch(self, number: int) -> list[list[View]]:
        """The epoch's batches in order. Rows are bucketed by length within pools of `bucket_batches` batches."""
        rng = random.Random(f"{self.seed}/{number}")
        views = [example.view(seed=self.seed, epoch=number, config=self.text) for example in self.examples]
        rng.shuffle(views)
        pool = self.batch_size * self.bucket_batches
        batches = [
            batch
            for start in range(0, len(views), pool)
            for batch in self._bucket(views[start : start + pool])
        ]
        rng.shuffle(batches)
        return batches

    def _bucket(self, pool: list[View]) -> Iterator[list[View]]:
        ordered = sorted(pool, key=lambda view: view.length)
        for start in range(0, len(ordered), self.batch_size):
            yield ordered[start : start + self.batch_size]


def micro_batches(views: Sequence[View], *, size: int) -> list[list[View]]:
    """Rows in pieces of at most `size`, like lengths together."""
    ordered = sorted(views, key=lambda view: view.length)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Rows that are computed together; at weight 0 they are there only to keep the other processes company."""

    views: list[View]
    weight: float = 1.0


def share_of(views: Sequence[View], *, process: int, processes: int, size: int) -> list[Piece]:
    """A process's rows of a global batch: every n-th by length, in pieces of at most `size`, the longest rows first.

    All processes get the same number of pieces, since each of them may be an exchange that nobody may miss.
    """
    ordered = sorted(views, key=lambda view: -view.length)
    mine = ordered[process::processes]
    count = -(-len(ordered[::processes]) // size)
    pieces = [Piece(views=mine[start : start + size]) for start in range(0, len(mine), size)]
    return pieces + [Piece(views=ordered[-1:], weight=0.0)] * (count - len(pieces))
