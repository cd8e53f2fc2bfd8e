"""Captions that were written elsewhere arrive as closed rounds, so that the next round starts from them.

Only into a project that has launched no round of its own: what people do here must not be mixed with what they did not.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field

from django.db import connection
from django.db.models.functions import Now

from annotation_server.choices import RoundState, StartingText, TaskState
from annotation_server.errors import InvalidText
from annotation_server.formats.readers.row import ImportRow
from annotation_server.intake.import_report import ImportReport
from annotation_server.models import AltText, Caption, Image, Project, Round, Task, User
from annotation_server.steps.imports.import_images.insert_rows import insert_rows
from annotation_server.texts.text import as_caption
from annotation_server.texts.word_edits import Edit, measure_edit

# Who wrote them is not known; nobody can sign in by this name, nor by those of further people (imported-2 …).
IMPORTED = "imported"
NAMESPACE = uuid.UUID("b7bc5a4e-1d2f-4f0e-9d7b-2f6a5f1f8c11")
SLOTS_LIMIT = 20
NOT_A_CAPTION = "It cannot be a caption here."
OWN_ROUNDS = "Its earlier captions were left out: this project has rounds of its own."
TOO_MANY = f"Captions of one image in one round after the first {SLOTS_LIMIT} were left out."


def add_earlier_rounds(
    *, project: Project, rows: list[tuple[Image, ImportRow]], report: ImportReport
) -> None:
    """Store the rows' captions, each once, as accepted tasks of closed rounds; several of one image and round are those of
    several people. Call it inside the chunk's transaction."""
    if not rows:
        return
    if Round.objects.filter(project=project).exclude(launched_by=_writer(0)).exists():
        for _, row in rows:
            report.note(number=row.number, name=row.name, text=OWN_ROUNDS)
            report.leave_texts(OWN_ROUNDS, count=sum(map(len, row.captions.values())), example=row.name)
        return
    for number in sorted({number for _, row in rows for number in row.captions}):
        texts: dict[int, _Captioned] = {}
        for image, row in rows:
            captioned = texts.setdefault(image.pk, _Captioned(image=image, row=row))
            captioned.texts += _texts(row, number, project, report)
        report.captions += _add_round(project=project, number=number, texts=texts, report=report)


@dataclass(kw_only=True)
class _Captioned:
    """An image with what people wrote of it in one round; `row` is the first that had something."""

    image: Image
    row: ImportRow
    texts: list[str] = field(default_factory=list)


def _texts(row: ImportRow, number: int, project: Project, report: ImportReport) -> list[str]:
    fine: list[str] = []
    for text in row.captions.get(number, []):
        try:
            fine.append(as_caption(text=text, limit=project.caption_limit))
        except InvalidText as refusal:
            note = f"Its caption of round {number} was left out: {refusal.message}"
            report.note(number=row.number, name=row.name, text=note)
            report.leave_texts(NOT_A_CAPTION, count=1, example=f"{row.name}: {refusal.message}")
    return fine


def _add_round(*, project: Project, number: int, texts: dict[int, _Captioned], report: ImportReport) -> int:
    writer = _writer(0)
    round, _ = Round.objects.get_or_create(
        project=project,
        number=number,
        defaults={
            "state": RoundState.CLOSED,
            "starting_text": StartingText.ALT_TEXT,
            "launched_by": writer,
            "opened_at": Now(),
            "closed_at": Now(),
        },
    )
    there: defaultdict[int, list[str]] = defaultdict(list)
    for image_id, text in Task.objects.filter(round=round, image__in=texts).values_list(
        "image_id", "current_caption__text"
    ):
        there[image_id].append(text)
    new: list[tuple[Image, int, str]] = []
    for image_id, captioned in texts.items():
        first = len(there[image_id])
        fresh = list((Counter(captioned.texts) - Counter(there[image_id])).elements())
        if first + len(fresh) > SLOTS_LIMIT:
            report.note(number=captioned.row.number, name=captioned.row.name, text=TOO_MANY)
        new += [(captioned.image, slot, text) for slot, text in enumerate(fresh, start=first)][
            : SLOTS_LIMIT - first
        ]
    _store(round, new)
    slots = max((slot + 1 for _, slot, _ in new), default=1)
    Round.objects.filter(pk=round.pk, annotators_per_image__lt=slots).update(annotators_per_image=slots)
    return len(new)


def _store(round: Round, new: list[tuple[Image, int, str]]) -> None:
    """A task, its caption and its acceptance for each image, slot and text."""
    writers = {slot: _writer(slot) for slot in {slot for _, slot, _ in new}}
    tasks = _tasks(round, [(image, slot) for image, slot, _ in new])
    insert_rows(tasks)
    captions = [
        Caption(
            task=task,
            annotator=writers[slot],
            parent_id=task.previous_caption_id,
            alt_text_id=task.alt_text_id,
            submission_id=uuid.uuid5(NAMESPACE, _submission(round, image, slot)),
            text=text,
            **asdict(_edit(task, text)),
        )
        for task, (image, slot, text) in zip(tasks, new, strict=True)
    ]
    insert_rows(captions)
    for slot, writer in writers.items():
        _accept([task.pk for task in tasks if task.slot == slot], writer)


def _writer(slot: int) -> User:
    """One for each slot: nobody has an image twice in one round."""
    name = f"{IMPORTED}-{slot + 1}" if slot else IMPORTED
    writer, _ = User.objects.get_or_create(username=name, defaults={"is_active": False, "password": "!"})
    return writer


def _submission(round: Round, image: Image, slot: int) -> str:
    """The same for the same caption of the same project, however often it is imported."""
    of_image = f"{round.project_id}/{round.number}/{image.sha256}"
    return f"{of_image}/{slot}" if slot else of_image


def _accept(task_ids: list[int], writer: User) -> None:
    """One statement for a chunk: Django's own would name each row's values."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE task SET state = %s, annotator_id = %s, current_caption_id = caption.id
            FROM caption WHERE caption.task_id = task.id AND task.id = ANY(%s)
            """,
            [TaskState.ACCEPTED, writer.pk, task_ids],
        )


def _edit(task: Task, text: str) -> Edit:
    parent = task.previous_caption
    return measure_edit(
        text=text, starting_text=task.starting_text, parent_text=parent.text if parent else None
    )


def _tasks(round: Round, places: list[tuple[Image, int]]) -> list[Task]:
    """As a launch would have made them: from the previous caption where there is one, else from the alt-text."""
    images = {image for image, _ in places}
    alt_texts: dict[int, AltText] = {}
    for one in AltText.objects.filter(image__in=images).order_by("image", "position"):
        alt_texts.setdefault(one.image_id, one)
    previous = {
        task.image_id: task.current_caption
        for task in Task.objects.filter(image__in=images, round__number__lt=round.number)
        .select_related("current_caption")
        .order_by("round__number", "-slot")
    }
    tasks = []
    for image, slot in places:
        caption, alt_text = previous.get(image.pk), alt_texts.get(image.pk)
        tasks.append(
            Task(
                round=round,
                image=image,
                slot=slot,
                position=image.pk,
                starting_text=caption.text if caption else alt_text.text if alt_text else "",
                starting_source=StartingText.PREVIOUS_CAPTION if caption else StartingText.ALT_TEXT,
                alt_text=alt_text,
                previous_caption=caption,
            )
        )
    return tasks
