"""What no row can tell alone: rows of a restored project that contradict each other. Constraints and triggers say the rest."""

from django.db import connection

from annotation_server.errors import UnreadableSource
from annotation_server.queries.archives.archive_rows import TABLES

# Each finds a row that cannot be. Parents come before their children, so no chain of captions or exports is a circle.
CONTRADICTIONS = {
    "a task whose caption is another task's": """
        SELECT 1 FROM task JOIN round ON round.id = task.round_id JOIN caption ON caption.id = task.current_caption_id
        WHERE round.project_id = %(project)s AND caption.task_id <> task.id""",
    "a task whose previous caption is of another image or of no earlier round": """
        SELECT 1 FROM task JOIN round ON round.id = task.round_id
        JOIN caption ON caption.id = task.previous_caption_id JOIN task AS earlier ON earlier.id = caption.task_id
        JOIN round AS before ON before.id = earlier.round_id
        WHERE round.project_id = %(project)s AND (earlier.image_id <> task.image_id OR before.number >= round.number)""",
    "a task whose alt-text or draft is of another image": """
        SELECT 1 FROM task JOIN round ON round.id = task.round_id
        LEFT JOIN alt_text ON alt_text.id = task.alt_text_id LEFT JOIN draft ON draft.id = task.draft_id
        WHERE round.project_id = %(project)s
            AND (alt_text.image_id <> task.image_id OR draft.image_id <> task.image_id)""",
    "a task in somebody's hands in a round that is closed": """
        SELECT 1 FROM task JOIN round ON round.id = task.round_id
        WHERE round.project_id = %(project)s AND task.state = 'claimed' AND round.state <> 'open'""",
    "a caption that is made from a later one, or from one of another image": """
        SELECT 1 FROM caption JOIN task ON task.id = caption.task_id JOIN round ON round.id = task.round_id
        JOIN caption AS parent ON parent.id = caption.parent_id JOIN task AS before ON before.id = parent.task_id
        WHERE round.project_id = %(project)s AND (parent.id >= caption.id OR before.image_id <> task.image_id)""",
    "a caption whose alt-text or draft is of another image": """
        SELECT 1 FROM caption JOIN task ON task.id = caption.task_id JOIN round ON round.id = task.round_id
        LEFT JOIN alt_text ON alt_text.id = caption.alt_text_id LEFT JOIN draft ON draft.id = caption.draft_id
        WHERE round.project_id = %(project)s
            AND (alt_text.image_id <> task.image_id OR draft.image_id <> task.image_id)""",
    "a review whose own version is of another task": """
        SELECT 1 FROM review JOIN caption ON caption.id = review.caption_id JOIN task ON task.id = caption.task_id
        JOIN round ON round.id = task.round_id JOIN caption AS fixed ON fixed.id = review.fixed_caption_id
        WHERE round.project_id = %(project)s AND fixed.task_id <> caption.task_id""",
    "a choice between captions that is of another image or round": """
        SELECT 1 FROM adjudication JOIN round ON round.id = adjudication.round_id
        JOIN caption ON caption.id = adjudication.chosen_id JOIN task ON task.id = caption.task_id
        WHERE round.project_id = %(project)s
            AND (task.round_id <> adjudication.round_id OR task.image_id <> adjudication.image_id)""",
    "a round with drafts of a captioner that came later": """
        SELECT 1 FROM round JOIN captioner_run AS run ON run.id = round.drafting_run_id
        JOIN round AS seen ON seen.id = run.through_round_id
        WHERE round.project_id = %(project)s AND seen.number >= round.number""",
    "an export that says a later one came before it": """
        SELECT 1 FROM export WHERE project_id = %(project)s AND previous_id >= id""",
}
FIRST_ONE = {what: f"{sql} LIMIT 1" for what, sql in CONTRADICTIONS.items()}


def refuse_contradictions(*, project_id: int) -> None:
    """Raises UnreadableSource."""
    with connection.cursor() as cursor:
        for what, sql in FIRST_ONE.items():
            cursor.execute(sql, {"project": project_id})
            if cursor.fetchone():
                raise UnreadableSource(f"The archive has {what}: somebody changed it.")


def refuse_left_out(*, project_id: int) -> None:
    """Rows of a kind that no archive takes along, such as an export that was never finished: nobody would end it here. Raises
    UnreadableSource."""
    for table in TABLES:
        rows = table.model._default_manager.filter(**{table.project: project_id})
        if table.only and rows.exclude(pk__in=rows.filter(table.only).values("pk")).exists():
            raise UnreadableSource(f"The archive's {table.name} has rows that no archive takes along.")
