"""Captions that were stored before a word had one definition are counted again: their lengths and edits no longer count
punctuation, and reports compare them with newer ones."""

from typing import Any

from django.db import migrations

from annotation_server.texts.word_edits import measure_edit

AT_ONCE = 2_000
NEXT = """
SELECT caption.id, caption.text, task.starting_text, parent.text FROM caption
JOIN task ON task.id = caption.task_id LEFT JOIN caption AS parent ON parent.id = caption.parent_id
WHERE caption.id > %s ORDER BY caption.id LIMIT %s
"""
STORE = """
UPDATE caption SET words = %s, words_changed = %s, similarity = %s, parent_similarity = %s WHERE id = %s
"""


def count_again(apps: Any, schema_editor: Any) -> None:
    """Figures alone; the texts stay as they are, so the trigger that keeps them is off meanwhile."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE caption DISABLE TRIGGER caption_is_append_only")
        last = 0
        while True:
            cursor.execute(NEXT, [last, AT_ONCE])
            if not (rows := cursor.fetchall()):
                break
            cursor.executemany(STORE, [(*_figures(*texts), pk) for pk, *texts in rows])
            last = rows[-1][0]
        cursor.execute("ALTER TABLE caption ENABLE TRIGGER caption_is_append_only")


def _figures(text: str, starting_text: str, parent: str | None) -> tuple[int, int, float, float | None]:
    edit = measure_edit(text=text, starting_text=starting_text, parent_text=parent)
    return edit.words, edit.words_changed, edit.similarity, edit.parent_similarity


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0036_new_verdicts")]

    operations = [migrations.RunPython(count_again, migrations.RunPython.noop, elidable=True)]
