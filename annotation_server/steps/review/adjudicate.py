"""A reviewer chooses where several people captioned one image: one of the captions, or one merged from them."""

from django.db import transaction

from annotation_server import audit
from annotation_server.choices import RoundState, TaskState
from annotation_server.errors import AdjudicationOutdated, RoundClosed, TaskNotReviewable
from annotation_server.models import Adjudication, Caption, Concept, Round, Task, User
from annotation_server.queries.review.adjudication_queue import HANDED_IN
from annotation_server.rules.locks import share_round
from annotation_server.rules.rewritten_caption import rewritten_caption, rewritten_concepts
from annotation_server.texts.text import as_caption, as_comment
from annotation_server.texts.word_edits import word_similarity


def adjudicate(
    *,
    round: Round,
    image_id: int,
    seen: list[int],
    decided_by: User,
    chosen: int | None = None,
    merged_text: str | None = None,
    comment: str = "",
) -> Adjudication:
    """Choose the caption `chosen` out of those `seen`, or store `merged_text` as the chosen one.

    Every task of the image that was handed in is accepted; the chosen one is what trainings and the next round take. A merged
    caption goes to the task whose caption is most like it, as that caption's child. Raises AdjudicationOutdated when the
    captions are not those seen or somebody has chosen, TaskNotReviewable for one's own captions, RoundClosed, InvalidText.
    """
    comment = as_comment(comment)
    with transaction.atomic():
        share_round(round_id=round.pk)
        if not Round.objects.filter(pk=round.pk, state=RoundState.OPEN).exists():
            raise RoundClosed("The round is closed, and with it the review.")
        tasks = _tasks(round, image_id)
        _refuse_unless_as_seen(tasks, seen, decided_by)
        if Adjudication.objects.filter(round=round, image=image_id).exists():
            raise AdjudicationOutdated(
                "Somebody has chosen for this image meanwhile. Go on with the next one."
            )
        if merged_text is not None:
            text = as_caption(text=merged_text, limit=round.project.caption_limit)
            task, caption = _merged(tasks, text, decided_by)
        else:
            task, caption = _chosen(tasks, chosen)
        Task.objects.filter(pk__in=[one.pk for one in tasks]).update(
            state=TaskState.ACCEPTED, flagged=False, lease_expires_at=None
        )
        # Their check is none of them, but it would stand out if it alone were left as it is.
        Task.objects.filter(round=round, image=image_id, state=TaskState.SUBMITTED).exclude(
            check_kind=""
        ).update(state=TaskState.ACCEPTED, flagged=False)
        Task.objects.filter(pk=task.pk).update(current_caption=caption, preferred=True)
        decision = Adjudication.objects.create(
            round=round,
            image_id=image_id,
            chosen=caption,
            merged=merged_text is not None,
            seen=seen,
            comment=comment,
            decided_by=decided_by,
        )
        audit.record(
            actor=decided_by,
            verb="image.adjudicated",
            subject=decision,
            project=round.project,
            after={"image": image_id, "caption": caption.pk, "merged": decision.merged, "seen": seen},
        )
    return decision


def _tasks(round: Round, image_id: int) -> list[Task]:
    """Locked, in the order of their ids, so that two deciders cannot wait for each other."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("current_caption")
    return list(rows.filter(round=round, image=image_id, check_kind="", state__in=HANDED_IN).order_by("pk"))


def _refuse_unless_as_seen(tasks: list[Task], seen: list[int], decided_by: User) -> None:
    if len(tasks) < 2 or {task.current_caption_id for task in tasks} != set(seen):
        raise AdjudicationOutdated("These are not the captions that you saw. Look at them again.")
    if any(task.current_caption and task.current_caption.annotator_id == decided_by.pk for task in tasks):
        raise TaskNotReviewable("One of the captions is your own; somebody else has to choose.")


def _chosen(tasks: list[Task], chosen: int | None) -> tuple[Task, Caption]:
    for task in tasks:
        if task.current_caption is not None and task.current_caption.pk == chosen:
            return task, task.current_caption
    raise AdjudicationOutdated("The chosen caption is none of those that you saw. Look at them again.")


def _merged(tasks: list[Task], text: str, decided_by: User) -> tuple[Task, Caption]:
    pairs = [(task, task.current_caption) for task in tasks if task.current_caption is not None]
    task, parent = max(pairs, key=lambda pair: word_similarity(pair[1].text, text))
    caption = rewritten_caption(task=task, parent=parent, reviewer=decided_by, text=text)
    caption.save(force_insert=True)
    Concept.objects.bulk_create(rewritten_concepts(caption=caption))
    return task, caption
