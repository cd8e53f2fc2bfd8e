"""A reviewer's own text in the place of a caption that they read: a fix, or one merged from several."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import uuid4

from annotation_server.choices import ConceptOutcome
from annotation_server.models import Caption, Concept, Task, User
from annotation_server.texts.concepts import ConceptOutcomeGiven, holds_in
from annotation_server.texts.word_edits import measure_edit


def rewritten_caption(*, task: Task, parent: Caption, reviewer: User, text: str) -> Caption:
    """A child of the caption that they read, made from what that was made from. Not stored yet."""
    edit = measure_edit(text=text, starting_text=task.starting_text, parent_text=parent.text)
    return Caption(
        task=task,
        annotator=reviewer,
        parent=parent,
        draft_id=parent.draft_id,
        alt_text_id=parent.alt_text_id,
        submission_id=uuid4(),
        text=text,
        **asdict(edit),
    )


def rewritten_concepts(
    *, caption: Caption, given: Sequence[ConceptOutcomeGiven] | None = None
) -> list[Concept]:
    """The concept answers of a stored rewritten caption: those that the reviewer gave, else its parent's that its text still
    bears out. Not stored yet."""
    if given is not None:
        by_phrase = {one.phrase: one for one in given}.values()
        return [
            Concept(caption=caption, phrase=one.phrase, outcome=one.outcome, reason=one.reason or "")
            for one in by_phrase
        ]
    return [
        Concept(caption=caption, phrase=one.phrase, outcome=one.outcome, reason=one.reason)
        for one in Concept.objects.filter(caption=caption.parent_id)
        if holds_in(text=caption.text, phrase=one.phrase, outcome=ConceptOutcome(one.outcome))
    ]
