"""Claims give as many tasks as are wanted, and no error in a text that the person has seen without it.

As in 0013. New is that a second task of an image among those found is made up for by another one, where there is one: an answer
with one too few told that one of its images has a check task. And that a check task is not for who has met its draft or its
previous caption in an earlier round: beside what they saw then, it would be told at once.
"""

import importlib

from django.db import migrations

before = importlib.import_module("annotation_server.migrations.0013_claim_for_some")

FREE = """{before}
          AND (task.check_kind = '' OR p_annotator <> ALL (ARRAY(
              SELECT working_copy.annotator_id FROM task AS earlier
              JOIN working_copy ON working_copy.task_id = earlier.id AND working_copy.annotator_id = p_annotator
              WHERE earlier.image_id = task.image_id AND earlier.round_id <> p_round
                AND (earlier.draft_id = task.draft_id OR earlier.previous_caption_id = task.previous_caption_id))))
          AND task.image_id <> ALL (images)""".replace("{before}", before.FREE)

FILLED_UP = """
    WHILE needed > 0 LOOP
        found := ARRAY(
            SELECT id FROM task
            WHERE round_id = p_round AND state = 'pending' AND position > bookmark AND {free}
            ORDER BY position LIMIT needed FOR UPDATE SKIP LOCKED);
        IF cardinality(found) < needed AND bookmark > 0 THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'pending' AND position <= bookmark AND {free}
                ORDER BY position LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        IF cardinality(found) < needed THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'claimed' AND lease_expires_at < statement_timestamp()
                    AND annotator_id <> p_annotator AND {free}
                ORDER BY lease_expires_at LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        several := cardinality(found);
        IF several > 1 THEN
            found := ARRAY(
                SELECT found[min(turn)]
                FROM unnest(found) WITH ORDINALITY AS one (id, turn) JOIN task ON task.id = one.id
                GROUP BY task.image_id ORDER BY min(turn));
        END IF;
        fresh := fresh || found;
        needed := needed - cardinality(found);
        EXIT WHEN cardinality(found) = several;
        images := ARRAY(SELECT image_id FROM task WHERE id = ANY (fresh));
    END LOOP;
    IF cardinality(fresh) > 0 THEN
        UPDATE claim_bookmark SET position = reached.latest
            FROM (SELECT max(position) AS latest FROM task WHERE id = ANY (fresh) AND state = 'pending') AS reached
            WHERE round_id = p_round AND annotator_id = p_annotator AND reached.latest IS NOT NULL;
        ids := ids || fresh;
    END IF;

    UPDATE task SET state = 'claimed'"""


def _claim() -> str:
    """The function of 0013 with the part that looks for fresh tasks exchanged."""
    head, _, rest = before.CLAIM.partition("    IF needed > 0 THEN\n        found := ARRAY(")
    _, _, tail = rest.partition("    UPDATE task SET state = 'claimed'")
    head = head.replace(
        "    found bigint[];\n",
        "    found bigint[];\n    fresh bigint[] := '{}';\n    images bigint[] := '{}';\n    several integer;\n",
    )
    function: str = head + FILLED_UP.lstrip("\n") + tail
    return function.replace("{free}", FREE)


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0029_index_of_tiny_embeddings")]

    operations = [
        migrations.RunSQL(_claim(), reverse_sql=before.CLAIM.replace("{free}", before.FREE)),
    ]
