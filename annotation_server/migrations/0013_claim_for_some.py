"""The claim, for rounds that are for some people only: named ones, or cohorts with their own share of the tasks.

As in 0004: what the caller already holds comes first, then what came back to them from review, then fresh tasks from their
bookmark on, then fresh ones before it (given back since), then tasks whose lease ran out in another's hands. New is that
only tasks of the caller's own lane are looked at (their cohort's in a round with cohorts, else everybody's, lane 0), and that
it says itself who may claim, so that a claim is one statement in all.
"""

import importlib

from django.db import migrations

# A working copy tells that the person held another slot of the image once: its text may still come in. Written as ARRAY(…),
# which is looked up image by image; NOT EXISTS may become a join with everything the person did.
FREE = """coalesce(task.cohort_id, 0) = lane
          AND task.previous_annotator_id IS DISTINCT FROM p_annotator
          AND p_annotator <> ALL (ARRAY(
              SELECT working_copy.annotator_id FROM task AS other
              JOIN working_copy ON working_copy.task_id = other.id AND working_copy.annotator_id = p_annotator
              WHERE other.round_id = p_round AND other.image_id = task.image_id AND other.id <> task.id))
          AND p_annotator <> ALL (ARRAY(
              SELECT skip.annotator_id FROM task AS passed
              JOIN skip ON skip.task_id = passed.id AND skip.annotator_id = p_annotator
              WHERE passed.round_id = p_round AND passed.image_id = task.image_id))"""


CLAIM = """
CREATE OR REPLACE FUNCTION claim_tasks(p_round bigint, p_annotator bigint, p_count integer, OUT refusal text, OUT ids bigint[])
LANGUAGE plpgsql
SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    lease interval;
    lane bigint;
    bookmark bigint;
    needed integer;
    found bigint[];
BEGIN
    SELECT make_interval(mins => round.lease_minutes),
        CASE WHEN round.cohort_shares = '{}' THEN 0 ELSE membership.cohort_id END,
        CASE WHEN membership.id IS NULL AND NOT (SELECT is_superuser FROM "user" WHERE id = p_annotator) THEN 'stranger'
            WHEN round.state <> 'open' THEN 'closed'
            WHEN membership.paused_at IS NOT NULL THEN 'paused'
            WHEN round.people <> '[]' AND NOT round.people @> to_jsonb(p_annotator) THEN 'not_asked'
            WHEN round.cohort_shares <> '{}' AND NOT coalesce(round.cohort_shares ? membership.cohort_id::text, false)
            THEN 'not_asked' END
        INTO lease, lane, refusal
        FROM round LEFT JOIN membership
            ON membership.project_id = round.project_id AND membership.user_id = p_annotator
        WHERE round.id = p_round;
    IF lease IS NULL OR refusal IS NOT NULL THEN
        refusal := coalesce(refusal, 'stranger');
        RETURN;
    END IF;

    SELECT position INTO bookmark FROM claim_bookmark
        WHERE round_id = p_round AND annotator_id = p_annotator FOR UPDATE;
    IF bookmark IS NULL THEN
        INSERT INTO claim_bookmark (round_id, annotator_id) VALUES (p_round, p_annotator)
            ON CONFLICT (round_id, annotator_id) DO NOTHING;
        SELECT position INTO bookmark FROM claim_bookmark
            WHERE round_id = p_round AND annotator_id = p_annotator FOR UPDATE;
    END IF;

    ids := ARRAY(
        SELECT id FROM task
        WHERE round_id = p_round AND annotator_id = p_annotator AND state = 'claimed'
        ORDER BY position LIMIT p_count FOR UPDATE);
    needed := p_count - cardinality(ids);
    IF needed > 0 THEN
        ids := ids || ARRAY(
            SELECT id FROM task
            WHERE round_id = p_round AND annotator_id = p_annotator AND state = 'returned'
            ORDER BY position LIMIT needed FOR UPDATE SKIP LOCKED);
        needed := p_count - cardinality(ids);
    END IF;
    IF needed > 0 THEN
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
        IF cardinality(found) > 1 THEN
            found := ARRAY(
                SELECT found[min(turn)]
                FROM unnest(found) WITH ORDINALITY AS one (id, turn) JOIN task ON task.id = one.id
                GROUP BY task.image_id ORDER BY min(turn));
        END IF;
        UPDATE claim_bookmark SET position = fresh.latest
            FROM (SELECT max(position) AS latest FROM task WHERE id = ANY (found) AND state = 'pending') AS fresh
            WHERE round_id = p_round AND annotator_id = p_annotator AND fresh.latest IS NOT NULL;
        ids := ids || found;
    END IF;

    UPDATE task SET state = 'claimed', annotator_id = p_annotator, lease_expires_at = statement_timestamp() + lease
        WHERE id = ANY (ids);
    INSERT INTO working_copy (task_id, annotator_id, text)
        SELECT id, p_annotator, starting_text FROM task WHERE id = ANY (ids)
        ON CONFLICT (task_id, annotator_id) DO NOTHING;
END $$
"""

before = importlib.import_module("annotation_server.migrations.0004_claim_function")


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0012_cohorts_levels_adjudication")]

    operations = [
        migrations.RunSQL(
            CLAIM.replace("{free}", FREE),
            reverse_sql=before.CLAIM.replace("{free}", before.FREE).replace(
                "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
            ),
        )
    ]
