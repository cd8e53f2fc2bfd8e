"""Where the words of a caption come from: the alt-text, a draft, an earlier round's caption, or the person."""

from dataclasses import dataclass
from itertools import pairwise

from annotation_server.models import Caption
from annotation_server.texts.word_edits import operations
from annotation_server.texts.words import words_and_signs

# Ten rounds with a draft each; each costs a comparison with the next.
TEXTS_LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class WordOrigin:
    """A run of words with one origin: 'alt_text', 'draft', 'round N by NAME'."""

    origin: str
    words: list[str]


def word_origins(*, caption: Caption) -> list[WordOrigin]:
    """The caption's words and signs in their order, each with the first text of its chain that had it there.

    `caption` comes with task, alt_text, draft and its chain of parents at hand (one query per ancestor otherwise).
    """
    texts = _chain(caption)
    name, text = texts[0]
    origins = [name] * len(words_and_signs(text))
    for (_, before), (name, after) in pairwise(texts):
        origins = _carried(before=before, after=after, origins=origins, added_by=name)
    return _runs(words_and_signs(caption.text), origins)


def _chain(caption: Caption) -> list[tuple[str, str]]:
    """The texts that led to the caption, oldest first: the last TEXTS_LIMIT of them, whatever somebody undid before."""
    texts: list[tuple[str, str]] = []
    one: Caption | None = caption
    while one is not None and len(texts) < TEXTS_LIMIT:
        texts.append((f"round {one.task.round.number} by {one.annotator.username}", one.text))
        if one.task.check_kind and (one.parent is None or one.parent.task_id != one.task_id):
            texts.append((_planted_into(one), one.task.starting_text))
        elif one.draft is not None:
            texts.append(("draft", one.draft.text))
        if one.parent is None:
            texts.append(("alt_text", one.alt_text.text if one.alt_text else ""))
        one = one.parent
    return texts[::-1]


def _planted_into(caption: Caption) -> str:
    """A planted error counts as the words of the text that it was planted into, so that it does not give itself away."""
    if caption.draft is not None or caption.parent is None:
        return "draft"
    return f"round {caption.parent.task.round.number} by {caption.parent.annotator.username}"


def _carried(*, before: str, after: str, origins: list[str], added_by: str) -> list[str]:
    carried: list[str] = []
    place = 0
    for step in operations(before=before, after=after):
        if step.kind == "equal":
            carried += origins[place : place + len(step.before)]
        else:
            carried += [added_by] * len(step.after)
        place += len(step.before)
    return carried


def _runs(of_words: list[str], origins: list[str]) -> list[WordOrigin]:
    runs: list[WordOrigin] = []
    for word, origin in zip(of_words, origins, strict=True):
        if not runs or runs[-1].origin != origin:
            runs.append(WordOrigin(origin=origin, words=[]))
        runs[-1].words.append(word)
    return runs
