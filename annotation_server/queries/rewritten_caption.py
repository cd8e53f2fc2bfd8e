"""A reviewer's own text in the place of a caption that they read: a fix, or one merged from several."""

from dataclasses import asdict
from uuid import uuid4

from annotation_server.formats.word_edits import measure_edit
from annotation_server.models import Caption, Task, User


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
