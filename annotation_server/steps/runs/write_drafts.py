"""A promoted run's texts become drafts."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg.types.json import Jsonb

from annotation_server import audit, jobs
from annotation_server.choices import RunState
from annotation_server.models import CaptionerRun, DraftSet
from annotation_server.rules.chain_end import measure_next
from annotation_server.texts.text import UNSTORABLE
from annotation_server.texts.unsure import unsure_words

COPY = (
    "COPY draft (draft_set_id, image_id, text, mean_logprob, token_logprobs, unsure, clip_score, finished) "
    "FROM STDIN"
)


def write_drafts(
    *,
    run: CaptionerRun,
    hold: jobs.Hold,
    decode: dict[str, Any],
    rows: Iterable[dict[str, Any]],
    row_count: int,
) -> DraftSet:
    """Store one draft per row (row_id is the image's id) as one set, and end the run.

    Drafts are only ever added beside what people wrote; nothing of theirs is touched.
    """
    with transaction.atomic():
        draft_set = DraftSet.objects.create(run=run, decode=decode, row_count=row_count)
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in rows:
                text = UNSTORABLE.sub("", row["text"])
                given = zip(row.get("tokens", []), row.get("token_logprobs", []), strict=False)
                tokens = [(UNSTORABLE.sub("", str(token)), logprob) for token, logprob in given]
                copy.write_row(
                    (
                        draft_set.pk,
                        int(row["row_id"]),
                        text,
                        row.get("mean_logprob"),
                        Jsonb(tokens),
                        Jsonb(unsure_words(text, tokens)),
                        row.get("clip_score"),
                        row.get("finished") is not False,
                    )
                )
        CaptionerRun.objects.filter(pk=run.pk).update(state=RunState.FINISHED, finished_at=Now())
        measure_next(round=run.through_round)
        jobs.finish(hold=hold, result={"drafts": row_count})
        audit.record(
            actor=None,
            verb="captioner_run.drafted",
            subject=run,
            project=run.project,
            after={"drafts": row_count},
        )
    return draft_set
