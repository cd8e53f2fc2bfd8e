"""Captions that were written elsewhere arrive as closed rounds, so that the next round starts from them.

Only into a project that has launched no round of its own: what people do here must not be mixed with what they did not.
"""

import uuid
from collections import defaultdict
from dataclasses import asdict

from django.db import connection
from django.db.models.functions import Now

from annotation_server.choices import RoundState, StartingText, TaskState
from annotation_server.errors import InvalidText
from annotation_server.formats.import_report import ImportReport
from annotation_server.formats.readers.row import ImportRow
from annotation_server.formats.text import as_caption
from annotation_server.formats.word_edits import Edit, measure_edit
from annotation_server.models import AltText, Caption, Image, Project, Round, Task, User
from annotation_server.steps.import_images.insert_rows import insert_rows

# Who wrote them is not known; nobody can sign in by this name.
IMPORTED = "imported"
NAMESPACE = uuid.UUID("b7bc5a4e-1d2f-4f0e-9d7b-2f6a5f1f8c11")
OWN_ROUNDS = "Its earlier captions were left out: this project has rounds of its own."


def add_earlier_rounds(
    *, project: Project, rows: list[tuple[Image, ImportRow]], report: ImportReport
) -> None:
    """Store the rows' captions, each once, as accepted tasks of closed rounds. Call it inside the chunk's transaction."""
    if not rows:
        return
    writer, _ = User.objects.get_or_create(username=IMPORTED, defaults={"is_active": False, "password": "!"})
    if Round.objects.filter(project=project).exclude(launched_by=writer).exists():
        for _, row in rows:
            report.note(number=row.number, name=row.name, text=OWN_ROUNDS)
        return
    texts: defaultdict[int, dict[int, tuple[Image, str]]] = defaultdict(dict)
    for image, row in rows:
        for number, text in sorted(row.captions.items()):
            try:
                as_typed = as_caption(text=text, limit=project.caption_limit)
                texts[number].setdefault(image.pk, (image, as_typed))
            except InvalidText as refusal:
                note = f"Its caption of round {number} was left out: {refusal.message}"
                report.note(number=row.number, name=row.name, text=note)
    for number in sorted(texts):
        report.captions += _add_round(project=project, number=number, texts=texts[number], writer=writer)


def _add_round(*, project: Project, number: int, texts: dict[int, tuple[Image, str]], writer: User) -> int:
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
    there = set(Task.objects.filter(round=round, image__in=texts).values_list("image_id", flat=True))
    new = {image_id: found for image_id, found in texts.items() if image_id not in there}
    tasks = _tasks(round, [image for image, _ in new.values()])
    insert_rows(tasks)
    captions = [
        Caption(
            task=task,
            annotator=writer,
            parent_id=task.previous_caption_id,
            alt_text_id=task.alt_text_id,
            submission_id=uuid.uuid5(NAMESPACE, f"{project.pk}/{number}/{image.sha256}"),
            text=text,
            **asdict(_edit(task, text)),
        )
        for task, (image, text) in zip(tasks, new.values(), strict=True)
    ]
    insert_rows(captions)
    _accept([task.pk for task in tasks], writer)
    return len(new)


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


def _tasks(round: Round, images: list[Image]) -> list[Task]:
    """As a launch would have made them: from the previous caption where there is one, else from the alt-text."""
    alt_texts: dict[int, AltText] = {}
    for one in AltText.objects.filter(image__in=images).order_by("image", "position"):
        alt_texts.setdefault(one.image_id, one)
    previous = {
        task.image_id: task.current_caption
        for task in Task.objects.filter(image__in=images, round__number__lt=round.number)
        .select_related("current_caption")
        .order_by("round__number")
    }
    tasks = []
    for image in images:
        caption, alt_text = previous.get(image.pk), alt_texts.get(image.pk)
        tasks.append(
            Task(
                round=round,
                image=image,
                position=image.pk,
                starting_text=caption.text if caption else alt_text.text if alt_text else "",
                starting_source=StartingText.PREVIOUS_CAPTION if caption else StartingText.ALT_TEXT,
                alt_text=alt_text,
                previous_caption=caption,
            )
        )
    return tasks
