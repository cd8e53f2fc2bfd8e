"""The concrete phrases of alt-texts that came in before they were looked for (imports find those of theirs)."""

import json

from django.db import connection, transaction

from annotation_server.models import AltText, Project
from annotation_server.progress import Progress
from annotation_server.texts.phrases import concept_phrases

CHUNK = 2_000

STORE = """
UPDATE alt_text SET phrases = found.phrases
FROM unnest(%s::bigint[], %s::jsonb[]) AS found (id, phrases) WHERE alt_text.id = found.id
"""


def find_phrases(*, project: Project, again: bool, progress: Progress) -> int:
    """Look through the project's alt-texts, chunk by chunk, each one transaction; stopped, it goes on where it was.

    `again`: also through those that were looked through, as after a change of the project's language. Returns how many.
    """
    rows = AltText.objects.filter(image__project=project).order_by("pk")
    if not again:
        rows = rows.filter(phrases__isnull=True)
    total, done, last = rows.count(), 0, 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        found = [json.dumps(concept_phrases(one.text, language=project.language)) for one in chunk]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STORE, [[one.pk for one in chunk], found])
        done += len(chunk)
        progress(done=done, total=total, message="finding phrases")
    return done
