"""From manifest rows to token ids, and what an example is given in which epoch.

Everything random here is a function of the seed, the epoch and the row, never of the order of work: so a resumed run
and a run over several processes see the same examples.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from captioner.config import TextConfig
from captioner.errors import NothingToDo
from captioner.examples.names import without_unseen_names
from captioner.examples.renaming import renamed_texts
from captioner.examples.tokenizer import TextCodec
from captioner.samples.manifest import Row, joined_alt_text


@dataclass(frozen=True, kw_only=True)
class Example:
    """One annotated image as ids. `alone_ids` is the target when no alt-text is given, None when it needs one.

    `ended` and `alone_ended` tell whether the captions are whole; `renamed` are versions of it under made-up names.
    """

    row: Row
    alt_ids: tuple[int, ...]
    caption_ids: tuple[int, ...]
    alone_ids: tuple[int, ...] | None
    ended: bool = True
    alone_ended: bool = True
    renamed: tuple["View", ...] = ()

    @property
    def told(self) -> "View":
        """The example with its alt-text."""
        return View(row=self.row, alt_ids=self.alt_ids, caption_ids=self.caption_ids, ended=self.ended)

    def view(self, *, seed: int, epoch: int, config: TextConfig) -> "View":
        """What the model is given of this example in this epoch."""
        if self.alone_ids is not None and unit_draw(seed, epoch, self.row.row_id) < config.alt_text_dropped:
            return View(row=self.row, alt_ids=(), caption_ids=self.alone_ids, ended=self.alone_ended)
        if self.renamed and unit_draw("rename", seed, epoch, self.row.row_id) < config.renamed:
            return self.renamed[int(unit_draw("name", seed, epoch, self.row.row_id) * len(self.renamed))]
        return self.told


@dataclass(frozen=True, kw_only=True)
class View:
    """Alt-text ids (may be none) and caption ids of one image, without special tokens.

    A caption that was cut is not `ended`: it does not teach the end, or the captioner would learn to stop in mid-sentence.
    """

    row: Row
    alt_ids: tuple[int, ...]
    caption_ids: tuple[int, ...]
    ended: bool = True

    @property
    def labels(self) -> int:
        """The number of tokens that it teaches."""
        return len(self.caption_ids) + self.ended

    @property
    def length(self) -> int:
        return len(self.alt_ids) + len(self.caption_ids)


@dataclass(kw_only=True)
class TextCounts:
    """What happened to the texts: told in the report."""

    alt_texts_truncated: int = 0
    captions_truncated: int = 0
    captions_missing: int = 0
    # Images left out of pre-training, whose only text is hardly more than names that nobody can see.
    only_names: int = 0


def unit_draw(*parts: object) -> float:
    """A number in [0, 1) that depends on `parts` alone, in every process."""
    return random.Random(hashlib.sha256(repr(parts).encode()).digest()).random()


def make_examples(
    *, rows: Sequence[Row], codec: TextCodec, config: TextConfig, counts: TextCounts
) -> list[Example]:
    """The examples of all rows that have a caption; too long texts are cut and counted."""
    annotated = [row for row in rows if row.caption and row.caption.strip()]
    counts.captions_missing += len(rows) - len(annotated)
    if not annotated:
        raise NothingToDo("No row of the manifest has a caption, so there is nothing to learn from.")
    captions = [(row.caption or "").strip() for row in annotated]
    alone = [_alone(row, config=config) for row in annotated]
    alt_ids = codec.encode([joined_alt_text(row) for row in annotated])
    caption_ids = codec.encode(captions)
    alone_ids = codec.encode([text or "" for text in alone])
    renamed = _renamed(annotated, codec=codec, config=config)
    return [
        Example(
            row=row,
            alt_ids=cut_alt_text(alt, codec=codec, config=config, counts=counts),
            caption_ids=cut_caption(caption, codec=codec, config=config, counts=counts),
            alone_ids=None if text is None else codec.cut(by_itself, limit=config.caption_tokens),
            ended=is_whole(caption, config=config),
            alone_ended=is_whole(by_itself, config=config),
            renamed=versions,
        )
        for row, alt, caption, text, by_itself, versions in zip(
            annotated, alt_ids, caption_ids, alone, alone_ids, renamed, strict=True
        )
    ]


def cut_alt_text(
    ids: Sequence[int], *, codec: TextCodec, config: TextConfig, counts: TextCounts
) -> tuple[int, ...]:
    """As much of it as the settings take."""
    counts.alt_texts_truncated += len(ids) > config.alt_text_tokens
    return codec.cut(ids, limit=config.alt_text_tokens)


def cut_caption(
    ids: Sequence[int], *, codec: TextCodec, config: TextConfig, counts: TextCounts
) -> tuple[int, ...]:
    """As much of it as the settings take, or the captioner would learn to stop within a character."""
    counts.captions_truncated += len(ids) > config.caption_tokens
    return codec.cut(ids, limit=config.caption_tokens)


def is_whole(ids: Sequence[int], *, config: TextConfig) -> bool:
    """Whether nothing of the caption is cut off."""
    return len(ids) <= config.caption_tokens


def _renamed(rows: Sequence[Row], *, codec: TextCodec, config: TextConfig) -> list[tuple[View, ...]]:
    """Every row's versions under made-up names, where the settings ask for them."""
    if not config.renamed:
        return [()] * len(rows)
    texts = renamed_texts(rows)
    alt_ids = codec.encode([alt_text for versions in texts for alt_text, _ in versions])
    caption_ids = codec.encode([caption for versions in texts for _, caption in versions])
    encoded = zip(alt_ids, caption_ids, strict=True)
    return [
        tuple(
            View(
                row=row,
                alt_ids=codec.cut(alt, limit=config.alt_text_tokens),
                caption_ids=codec.cut(caption, limit=config.caption_tokens),
                ended=is_whole(caption, config=config),
            )
            for alt, caption in islice(encoded, len(versions))
        )
        for row, versions in zip(rows, texts, strict=True)
    ]


def _alone(row: Row, *, config: TextConfig) -> str | None:
    caption = (row.caption or "").strip()
    if config.unseen_names == "keep":
        return caption
    return without_unseen_names(caption=caption, alt_texts=row.alt_texts)
